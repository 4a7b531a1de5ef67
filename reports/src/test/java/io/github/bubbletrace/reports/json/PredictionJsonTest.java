package io.github.bubbletrace.reports.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bubbletrace.reports.terminal.PredictionTable;
import io.github.bubbletrace.schedule.Prediction;
import io.github.bubbletrace.schedule.Predictor;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.schedule.TaskTimes;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionJsonTest {

    private static final TaskTimes TIMES = TaskTimes.of(1_000_000, 2_000_000);

    @Test
    void aRowHasTheContractsFields() throws IOException {
        StringWriter out = new StringWriter();
        PredictionJson.write(List.of(predict(ScheduleKind.GPIPE, 1)), out);
        assertThat(out.toString().replaceAll("\\s+", ""))
                .isEqualTo("{\"schema\":\"bubbletrace.prediction/1\",\"rows\":[{\"schedule\":\"gpipe\",\"stages\":2,"
                        + "\"chunksPerDevice\":1,\"microBatches\":3,\"makespanNs\":12000000,\"idealNs\":9000000,"
                        + "\"bubble\":0.25,\"bubbleOfIdeal\":0.3333333333333333,\"closedFormBubble\":0.25,"
                        + "\"utilisation\":0.75,\"speedUp\":1.5,\"latencyNs\":9000000,"
                        + "\"firstLatencyNs\":8000000,\"throughputPerSecond\":250.0,\"peakInFlight\":[3,3],"
                        + "\"worstDevice\":0,\"devices\":["
                        + "{\"idleNs\":3000000,\"peakInFlight\":3,\"weightVersions\":1,\"meanActivationLifetimeNs\":6000000,"
                        + "\"longestActivationLifetimeNs\":7000000},"
                        + "{\"idleNs\":3000000,\"peakInFlight\":3,\"weightVersions\":1,\"meanActivationLifetimeNs\":3000000,"
                        + "\"longestActivationLifetimeNs\":4000000}],\"decode\":null}]}");
    }

    @Test
    void anUnknownFormIsNull() throws IOException {
        StringWriter out = new StringWriter();
        PredictionJson.write(List.of(predict(ScheduleKind.INTERLEAVED, 2)), out);
        assertThat(out.toString()).contains("\"closedFormBubble\" : null");
    }

    @Test
    void theTableIsRoundedAndAligned() {
        assertThat(PredictionTable.lines(List.of(predict(ScheduleKind.GPIPE, 1), predict(ScheduleKind.NAIVE, 1))))
                .containsExactly(
                        "schedule  stages  chunks  micro-batches  makespan    ideal  bubble  of ideal  closed form"
                                + "  utilisation  speed-up  latency   mb/s  peak in flight",
                        "gpipe          2       1              3  12.00 ms  9.00 ms   25.0%     33.3%        25.0%"
                                + "        75.0%     1.50x  9.00 ms  250.0  3,3",
                        "naive          2       1              3  18.00 ms  9.00 ms   50.0%    100.0%        50.0%"
                                + "        50.0%     1.00x  6.00 ms  166.7  1,1");
    }

    private static Prediction predict(ScheduleKind kind, int chunks) {
        return Predictor.predict(kind, new Shape(2, chunks, 3), TIMES, 0);
    }
}
