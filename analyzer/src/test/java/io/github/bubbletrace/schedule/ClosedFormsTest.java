package io.github.bubbletrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.bubbletrace.replay.Receive;
import io.github.bubbletrace.replay.Replay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClosedFormsTest {

    /** Divisible by every v, and neither equal nor in a simple ratio. */
    private static final TaskTimes TIMES = TaskTimes.of(12 * 1009, 12 * 2503);

    /** ZB-H1's form is for equal times. */
    private static final TaskTimes EQUAL = new TaskTimes(9_001, 9_001, OptionalLong.of(9_001));

    private static TaskTimes times(ScheduleKind kind) {
        return kind == ScheduleKind.ZB_H1 ? EQUAL : TIMES;
    }

    static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        for (int p = 2; p <= 16; p++) {
            for (int m : new int[] {1, 2, 3, 4, 8, 16, 32, 64}) {
                for (int v = 1; v <= 4; v++) {
                    shapes.add(new Shape(p, v, m));
                }
            }
        }
        return shapes;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ZB_H2", "ZB_V", "DUALPIPE", "DUALPIPE_V"})
    void theReplayHasTheFormsIdleTimeOnEveryDevice(ScheduleKind kind) {
        int checked = 0;
        for (Shape shape : shapes()) {
            var form = ClosedForms.idleNs(kind, shape, times(kind));
            if (kind.refusal(shape).isEmpty() && form.isPresent()) {
                assertThat(idleNs(kind, shape)).as("%s %s", kind, shape).containsOnly(form.getAsLong());
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource
    void theBubbleIsTheFormsShare(ScheduleKind kind) {
        for (Shape shape : shapes()) {
            var form = ClosedForms.bubble(kind, shape, times(kind));
            if (kind.refusal(shape).isEmpty() && form.isPresent()) {
                Prediction prediction = Predictor.predict(kind, shape, times(kind), 0);
                assertThat(prediction.bubble()).as("%s %s", kind, shape).isCloseTo(form.getAsDouble(), within(1e-12));
                assertThat(prediction.closedFormBubble()).hasValue(form.getAsDouble());
            }
        }
    }

    /** (p-1)/(m+p-1) in percent: p = 2, 4, 8, 16 by m = 4 to 128. */
    @Test
    void theLiteraturesTableComesOut() {
        String expected = "20.0 11.1 5.9 3.0 1.5 0.8 / 42.9 27.3 15.8 8.6 4.5 2.3 / "
                + "63.6 46.7 30.4 17.9 9.9 5.2 / 78.9 65.2 48.4 31.9 19.0 10.5";
        for (ScheduleKind kind : List.of(ScheduleKind.GPIPE, ScheduleKind.ONE_F_ONE_B, ScheduleKind.FORWARD)) {
            List<String> rows = new ArrayList<>();
            for (int p : new int[] {2, 4, 8, 16}) {
                List<String> row = new ArrayList<>();
                for (int m : new int[] {4, 8, 16, 32, 64, 128}) {
                    double bubble = Predictor.predict(kind, new Shape(p, 1, m), TIMES, 0)
                            .bubble();
                    row.add(String.format("%.1f", 100 * bubble));
                }
                rows.add(String.join(" ", row));
            }
            assertThat(String.join(" / ", rows)).isEqualTo(expected);
        }
    }

    @Test
    void peaksAreThePublishedOnes() {
        for (Shape shape : shapes()) {
            for (int device = 0; device < shape.devices(); device++) {
                int m = shape.microBatches();
                int ahead = shape.devices() - device - 1;
                if (shape.chunksPerDevice() == 1) {
                    assertThat(peak(ScheduleKind.GPIPE, shape, device)).isEqualTo(m);
                    assertThat(peak(ScheduleKind.ONE_F_ONE_B, shape, device)).isEqualTo(Math.min(m, ahead + 1));
                } else {
                    int v = shape.chunksPerDevice();
                    assertThat(peak(ScheduleKind.INTERLEAVED, shape, device))
                            .isEqualTo(Math.min(m * v, 2 * ahead + (v - 1) * shape.devices() + 1));
                }
            }
        }
    }

    private static int peak(ScheduleKind kind, Shape shape, int device) {
        return PeakInFlight.of(kind.generate(shape).order(device));
    }

    private static long[] idleNs(ScheduleKind kind, Shape shape) {
        ScheduleGraph graph = ScheduleGraph.of(kind.generate(shape), Receive.PREPOSTED);
        long[] duration = graph.durationsNs(times(kind));
        Replay replay = Replay.of(
                graph.graph(),
                duration,
                new long[graph.graph().edges()],
                new long[graph.graph().blocks()]);
        long[] idle = new long[shape.devices()];
        Arrays.fill(idle, replay.makespanNs());
        for (int task = 0; task < duration.length; task++) {
            idle[graph.graph().deviceOf(task)] -= duration[task];
        }
        return idle;
    }
}
