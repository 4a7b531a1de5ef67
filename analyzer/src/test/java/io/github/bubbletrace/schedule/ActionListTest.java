package io.github.bubbletrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bubbletrace.analysis.ScheduleVerdict;
import io.github.bubbletrace.replay.Receive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActionListTest {

    private static final TaskTimes TIMES = new TaskTimes(1000, 1100, OptionalLong.of(700));

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"DECODE"})
    void whatIsWrittenReadsBackAsTheSameSchedule(ScheduleKind kind) {
        Schedule schedule = kind.generate(new Shape(4, kind.usualChunks(), 12));
        Schedule read = ActionList.read("mine.csv", ActionList.write(schedule));
        assertThat(read.orders()).isEqualTo(schedule.orders());
        assertThat(read.joined()).isEqualTo(schedule.joined());
        assertThat(read.placement()).isEqualTo(schedule.placement());
        assertThat(read.inputs()).isEqualTo(schedule.inputs());
        assertThat(Predictor.predict(read, TIMES, 50).makespanNs())
                .isEqualTo(Predictor.predict(schedule, TIMES, 50).makespanNs());
    }

    @Test
    void pyTorchsSpellingIsWritten() {
        assertThat(ActionList.write(ScheduleKind.ZB_H1.generate(new Shape(2, 1, 2))))
                .containsExactly("0F0,0F1,0I0,0W0,0I1,0W1", "1F0,1I0,1F1,1I1,1W0,1W1");
        assertThat(ActionList.write(ScheduleKind.DUALPIPE_V.generate(new Shape(1, 2, 2))))
                .hasSize(1)
                .allMatch(line -> line.contains(";") && line.contains(")OVERLAP_F_B"));
    }

    @Test
    void communicationAndEmptySlotsAreNoPartOfTheOrder() {
        Schedule read = ActionList.read(
                "mine.csv",
                List.of(
                        "0UNSHARD,0F0,0SEND_F0,0F1,,0SEND_F1,0RECV_B0,0B0,0RECV_B1,0B1,0REDUCE_GRAD",
                        " , 1RECV_F0, 1F0, 1B0, 1SEND_B0, 1RECV_F1, 1F1, 1B1, 1SEND_B1",
                        ""));
        assertThat(read.orders())
                .isEqualTo(ScheduleKind.ONE_F_ONE_B.generate(new Shape(2, 1, 2)).orders());
    }

    /** Before PyTorch renamed them, B was the input gradient and BW the whole backward. */
    @Test
    void theOlderSpellingMeansTheSame() {
        Schedule older = ActionList.read("old.csv", List.of("0F0,0F1,0B0,0W0,0BW1", "1F0,1B0,1F1,1BW1,1W0"));
        Schedule newer = ActionList.read("new.csv", List.of("0F0,0F1,0I0,0W0,0B1", "1F0,1I0,1F1,1B1,1W0"));
        assertThat(older.orders()).isEqualTo(newer.orders());
        assertThat(older.isSplit(new Action(Phase.B, 0, 0))).isTrue();
        assertThat(older.isSplit(new Action(Phase.B, 0, 1))).isFalse();
    }

    @Test
    void whatCannotBeReadIsNamed() {
        refused("rank 1: '1X0' is no action", "0F0,0B0", "1F0,1X0");
        refused("rank 1: chunk 0 of 0B0 is rank 0's", "0F0", "0B0");
        refused("no rank runs chunk 1", "0F0,0B0", "2F0,2B0");
        refused("rank 0: 0F0 is misplaced or repeated", "0F0,0F0");
        refused("mine.csv has no line with actions", "", " ");
        refused("mine.csv has no action that computes", "0SEND_F0");
    }

    private static void refused(String why, String... lines) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActionList.read("mine.csv", List.of(lines)))
                .withMessageContaining(why);
    }

    @Test
    void aListThatCannotRunSaysWhichRankWaitsForWhat() {
        Schedule missing = ActionList.read("mine.csv", List.of("0F0,0F1,0B0,0B1", "1F0,1B0,1F1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScheduleGraph.of(missing, Receive.PREPOSTED))
                .withMessageEndingWith("rank 0 is stuck at 0B1, which waits for 1B1, which no rank runs");
    }

    @Test
    void aRecordedOrderIsComparedWithTheList() {
        Schedule wanted = ScheduleKind.ZB_H1.generate(new Shape(4, 1, 8));
        List<List<Action>> orders = new ArrayList<>(wanted.orders());
        List<Action> second = new ArrayList<>(orders.get(1));
        Collections.swap(second, 4, 5);
        orders.set(1, second);
        assertThat(compared(wanted, wanted.orders()).firstDisagreement()).isNull();
        assertThat(compared(wanted, orders).firstDisagreement())
                .isEqualTo("rank 21, position 4: recorded 1B1, zb-h1 has 1F3");
    }

    private static ScheduleVerdict compared(Schedule wanted, List<List<Action>> orders) {
        RecordedOrders recorded = new RecordedOrders(List.of(20, 21, 22, 23), 1, List.of(orders));
        return Recogniser.compare(Recogniser.recognise(recorded, "ranges"), recorded, wanted);
    }

    @Test
    void recomputationRunsBeforeEachBackward() {
        Schedule plain = ScheduleKind.ONE_F_ONE_B.generate(new Shape(4, 1, 8));
        Schedule full = Recomputation.of(plain);
        assertThat(full.order(3))
                .startsWith(new Action(Phase.F, 3, 0), new Action(Phase.R, 3, 0), new Action(Phase.B, 3, 0));
        long plainNs = Predictor.predict(plain, TaskTimes.of(1000, 2000), 0).makespanNs();
        long fullNs = Predictor.predict(full, TaskTimes.of(1000, 2000), 0).makespanNs();
        assertThat(plainNs).isEqualTo(11 * 3000);
        assertThat(fullNs).isGreaterThan(8 * 4000).isLessThanOrEqualTo(11 * 4000);
    }
}
