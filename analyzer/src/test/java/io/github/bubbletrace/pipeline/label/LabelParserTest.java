package io.github.bubbletrace.pipeline.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.schedule.Phase;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelParserTest {

    private final LabelParser parser = new LabelParser(null);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            it=0 stage=2 mb=3 phase=F | TASK | F | 2 | -1 | -1 | 3 | 0
            forward stage=0 mb=1 | TASK | F | 0 | -1 | -1 | 1 | -1
            backward stage=5 mb=11 it=2 | TASK | B | 5 | -1 | -1 | 11 | 2
            phase=W,stage=1,chunk=1,mb=4 | TASK | W | -1 | 1 | 1 | 4 | -1
            send_forward it=1 stage=2 mb=3 | SEND | F | 2 | -1 | -1 | 3 | 1
            recv_backward mb=7 | RECV | B | -1 | -1 | -1 | 7 | -1
            PP:0F0 | TASK | F | 0 | -1 | -1 | 0 | -1
            PP:3I7 | TASK | B | 3 | -1 | -1 | 7 | -1
            PP:3W7 | TASK | W | 3 | -1 | -1 | 7 | -1
            PP:2SEND_F1 | SEND | F | 2 | -1 | -1 | 1 | -1
            PP:1RECV_B0 | RECV | B | 1 | -1 | -1 | 0 | -1
            Forward 4 | TASK | F | -1 | -1 | -1 | 4 | -1
            F3.1.17 | TASK | F | -1 | -1 | 1 | 3 | -1
            W12 | TASK | W | -1 | -1 | 0 | 12 | -1
            SEND_FORWARD.3.0.18 | SEND | F | -1 | -1 | 0 | 3 | -1
            backward chunk 3 (phase1) | TASK | B | -1 | -1 | 1 | 3 | -1
            execute_context_2(512)_generation_6(6) | TASK | F | -1 | -1 | -1 | -2 | -1
            execute_context_0(0)_generation_8(8) | TASK | D | -1 | -1 | -1 | -2 | -1
            execute_new_2_cached_0 | TASK | P | -1 | -1 | -1 | -2 | -1
            [Executor] _forward_step 17: 0 ctx reqs, 8 gen reqs | TASK | D | -1 | -1 | -1 | 17 | -1
            step 4 | STEP | | -1 | -1 | -1 | -1 | 4
            ProfilerStep#12 | STEP | | -1 | -1 | -1 | -1 | 12
            iter_3_9 | STEP | | -1 | -1 | -1 | -1 | 9
            """)
    void readsEveryKnownSpelling(
            String text, Role role, Phase phase, int chunk, int place, int local, int microBatch, int iteration) {
        List<Label> labels = parser.parse(text);
        assertThat(labels).containsExactly(new Label(role, phase, chunk, place, local, microBatch, iteration, -1, -1));
    }

    @Test
    void readsTwoTasksOfAnOverlap() {
        assertThat(parser.parse("PP:(0F7;7B3)OVERLAP_F_B"))
                .containsExactly(
                        Label.task(Phase.F, 7).onChunk(0),
                        Label.task(Phase.B, 3).onChunk(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "forward",
                "stage=1 mb=2",
                "aten::add, op_id = 3",
                "forward mb=999999999999",
                "forward mb=-1",
                "PP:",
                "PP:0X0",
                "steps 3",
                "F",
                "Forward pass 3",
                "hidden=3 mb=2 phase=Q"
            })
    void guessesNothing(String text) {
        assertThat(parser.parse(text)).isEmpty();
    }

    @Test
    void readsATeamsOwnNames() {
        LabelParser own = new LabelParser(Pattern.compile("(?<phase>fwd|bwd)_s(?<stage>\\d+)_m(?<mb>\\d+)"));
        assertThat(own.parse("bwd_s3_m12"))
                .containsExactly(Label.task(Phase.B, 12).onChunk(3));
        LabelParser ordinal = new LabelParser(Pattern.compile("run_batch"));
        assertThat(ordinal.parse("run_batch")).containsExactly(Label.task(Phase.F, Label.ORDINAL));
    }
}
