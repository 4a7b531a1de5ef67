package io.github.bubbletrace;

import io.github.bubbletrace.analysis.Boundary;
import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.analysis.DeviceAnalysis;
import io.github.bubbletrace.analysis.IterationAnalysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.ScheduleVerdict;
import io.github.bubbletrace.analysis.Totals;
import io.github.bubbletrace.attribution.PredictionError;
import io.github.bubbletrace.attribution.StageTimes;
import io.github.bubbletrace.attribution.WindowAttribution;
import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.findings.Findings;
import io.github.bubbletrace.pipeline.Feedback;
import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.TransferMatcher;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.schedule.Action;
import io.github.bubbletrace.schedule.ClosedForms;
import io.github.bubbletrace.schedule.Recogniser;
import io.github.bubbletrace.schedule.RecordedOrders;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Analyses one replica: transfers, attribution of every window, schedule, totals, findings. */
final class PipelineAnalyst {

    private final PipelineRun run;
    private final ImportLog log;
    private final TransferMatcher.Matched matched;
    private final List<WindowRun> windows;
    private final Integer inFlight;

    PipelineAnalyst(PipelineRun run, ImportLog log) {
        this.run = run;
        this.log = log;
        matched = TransferMatcher.match(run, log);
        inFlight = Feedback.inFlight(run);
        windows =
                matched.edges().stream().map(edges -> new WindowRun(run, edges)).toList();
    }

    Findings.Replica analyse() {
        countOddities();
        int skipped = WarmUp.iterations(
                windows.stream().map(w -> w.window().lengthNs()).toList());
        log.count(Oddity.WARM_UP_ITERATIONS, skipped);
        List<IterationAnalysis> iterations = iterations(skipped);
        List<WindowRun> counted = windows.subList(skipped, windows.size());
        ScheduleVerdict schedule = Recogniser.recognise(orders(), "ranges");
        PipelineAnalysis analysis = new PipelineAnalysis(
                run.replica(),
                run.places(),
                run.chunksPerDevice(),
                run.lanes(),
                run.microBatches(),
                inFlight,
                schedule,
                iterations,
                StageTimes.of(run, counted),
                totals(iterations, schedule, PredictionError.of(counted)));
        return new Findings.Replica(run, counted, analysis);
    }

    private void countOddities() {
        for (WindowRun window : windows) {
            log.count(Oddity.NOT_REPLAYABLE, window.isReplayable() ? 0 : 1);
            log.count(Oddity.IN_FLIGHT_INFERRED, inFlight == null ? 0 : 1);
            log.count(Oddity.NEGATIVE_DELAYS, window.negativeDelays());
            log.count(Oddity.TASKS_WITHOUT_INPUT, window.tasksWithoutInput());
        }
    }

    private List<IterationAnalysis> iterations(int skipped) {
        WindowAttribution attribution = new WindowAttribution(run, matched.unmatchedP2p());
        List<IterationAnalysis> iterations = new ArrayList<>();
        for (int w = 0; w < windows.size(); w++) {
            OptionalLong next = w + 1 < windows.size()
                    ? OptionalLong.of(windows.get(w + 1).window().windowStartNs())
                    : OptionalLong.empty();
            iterations.add(attribution.analyse(windows.get(w), next, w < skipped));
        }
        return iterations;
    }

    private RecordedOrders orders() {
        List<Integer> firstLane = IntStream.range(0, run.devices().size())
                .filter(d -> run.laneOf().get(d) == 0)
                .boxed()
                .toList();
        List<List<List<Action>>> iterations = new ArrayList<>();
        for (WindowRun windowRun : windows) {
            Window window = windowRun.window();
            iterations.add(firstLane.stream()
                    .map(device -> IntStream.range(0, window.tasks())
                            .filter(task -> window.device(task) == device)
                            .mapToObj(window::action)
                            .toList())
                    .toList());
        }
        List<Integer> ranks =
                firstLane.stream().map(d -> run.devices().get(d).rank()).toList();
        return new RecordedOrders(ranks, run.chunksPerDevice(), iterations);
    }

    private Totals totals(List<IterationAnalysis> iterations, ScheduleVerdict schedule, OptionalDouble error) {
        long window = 0;
        long busy = 0;
        CauseTimes idle = CauseTimes.NONE;
        Boundary boundary = Boundary.NONE;
        for (IterationAnalysis iteration : iterations) {
            if (!iteration.skipped()) {
                window += iteration.windowNs();
                for (DeviceAnalysis device : iteration.devices()) {
                    busy += device.busyNs();
                    idle = idle.plus(device.idleNs());
                    boundary = boundary.plus(device.boundary());
                }
            }
        }
        double deviceTime = (double) window * run.devices().size();
        return new Totals(
                window,
                busy,
                idle,
                deviceTime == 0 ? 0 : idle.total() / deviceTime,
                closedForm(schedule),
                boundary,
                deviceTime == 0 ? 0 : boundary.idleNs() / (deviceTime + boundary.totalNs()),
                error.isPresent() ? error.getAsDouble() : null);
    }

    private Double closedForm(ScheduleVerdict schedule) {
        if (run.microBatches() == null || run.chunks() != run.places() * run.chunksPerDevice()) {
            return null;
        }
        Shape shape = new Shape(run.places(), run.chunksPerDevice(), run.microBatches())
                .with(new Serving(inFlight == null ? 0 : inFlight, 0));
        OptionalDouble bubble = ScheduleKind.of(schedule.kind())
                .map(kind -> ClosedForms.bubble(kind, shape))
                .orElse(OptionalDouble.empty());
        return bubble.isPresent() ? bubble.getAsDouble() : null;
    }
}
