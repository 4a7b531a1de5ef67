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
import io.github.bubbletrace.schedule.RecordedOrders.Trait;
import io.github.bubbletrace.schedule.Schedule;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Serving;
import io.github.bubbletrace.schedule.Shape;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/** Analyses one replica: transfers, attribution of every window, schedule, totals, findings. */
final class PipelineAnalyst {

    private final PipelineRun run;
    private final ImportLog log;
    private final TransferMatcher.Matched matched;
    private final List<WindowRun> windows;
    private final Integer inFlight;
    private final Schedule wanted;
    private final ChosenWindows chosen;

    PipelineAnalyst(PipelineRun run, IterationSelection selection, Schedule wanted, ImportLog log) {
        this.wanted = wanted;
        this.run = run;
        this.log = log;
        matched = TransferMatcher.match(run, log);
        inFlight = Feedback.inFlight(run);
        WindowRun[] replayed = new WindowRun[matched.edges().size()];
        Cores.forEach(
                replayed.length,
                w -> replayed[w] = new WindowRun(run, matched.edges().get(w)));
        windows = List.of(replayed);
        chosen = ChosenWindows.of(windows, selection, log);
    }

    Findings.Replica analyse() {
        countOddities();
        List<IterationAnalysis> iterations = iterations();
        List<WindowRun> counted = chosen.counted();
        ScheduleVerdict schedule = schedule();
        PipelineAnalysis analysis = new PipelineAnalysis(
                run.replica(),
                run.places(),
                run.chunksPerDevice(),
                run.lanes(),
                microBatches(),
                inFlight,
                schedule,
                run.structure(),
                iterations,
                StageTimes.of(run, counted),
                TransferPairs.of(iterations, run.places()),
                totals(iterations, schedule, PredictionError.of(counted)));
        return new Findings.Replica(run, counted, analysis);
    }

    private ScheduleVerdict schedule() {
        RecordedOrders recorded = orders();
        ScheduleVerdict verdict = Recogniser.recognise(recorded, run.structure().isEmpty() ? "ranges" : "structure");
        return wanted == null ? verdict : Recogniser.compare(verdict, recorded, wanted);
    }

    private void countOddities() {
        log.count(Oddity.IN_FLIGHT_INFERRED, inFlight == null ? 0 : 1);
        for (WindowRun window : chosen.shown()) {
            log.count(Oddity.NOT_REPLAYABLE, window.isReplayable() ? 0 : 1);
            log.count(Oddity.NEGATIVE_DELAYS, window.negativeDelays());
            log.count(Oddity.TASKS_WITHOUT_INPUT, window.tasksWithoutInput());
        }
    }

    /** The shown iterations' common number of micro-batches, or null. */
    private Integer microBatches() {
        List<Integer> counts = chosen.shown().stream()
                .map(w -> w.window().microBatches())
                .distinct()
                .toList();
        return counts.size() == 1 ? counts.get(0) : null;
    }

    /** The boundary after the last shown window ends where the next one of the trace begins, shown or not. */
    private List<IterationAnalysis> iterations() {
        WindowAttribution attribution = new WindowAttribution(run, matched.unmatchedP2p());
        int first = windows.indexOf(chosen.shown().get(0));
        IterationAnalysis[] iterations = new IterationAnalysis[chosen.shown().size()];
        Cores.forEach(iterations.length, i -> {
            OptionalLong next = first + i + 1 < windows.size()
                    ? OptionalLong.of(windows.get(first + i + 1).window().windowStartNs())
                    : OptionalLong.empty();
            iterations[i] = attribution.analyse(windows.get(first + i), next, i < chosen.skipped());
        });
        return List.of(iterations);
    }

    private RecordedOrders orders() {
        List<Integer> firstLane = IntStream.range(0, run.devices().size())
                .filter(d -> run.laneOf().get(d) == 0)
                .boxed()
                .toList();
        List<List<List<Action>>> iterations = new ArrayList<>();
        for (WindowRun windowRun : chosen.shown()) {
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
        return new RecordedOrders(ranks, run.chunksPerDevice(), iterations, traits());
    }

    private Set<Trait> traits() {
        List<Window> shown = chosen.shown().stream().map(WindowRun::window).toList();
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        if (OpenEnd.in(shown)) {
            traits.add(Trait.OPEN_END);
        }
        if (shown.stream().anyMatch(Window::isUnflushed)) {
            traits.add(Trait.NO_FLUSH);
        }
        return traits;
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

    /** A lone stage is one of a pipeline of unknown length, not a pipeline of one. */
    private Double closedForm(ScheduleVerdict schedule) {
        Integer microBatches = microBatches();
        if (microBatches == null || run.places() == 1 || run.chunks() != run.places() * run.chunksPerDevice()) {
            return null;
        }
        Integer group = schedule.details().groupSize();
        Shape shape = new Shape(run.places(), run.chunksPerDevice(), microBatches)
                .with(new Serving(inFlight == null ? 0 : inFlight, 0))
                .inGroupsOf(group == null ? 0 : group);
        OptionalDouble bubble = ScheduleKind.of(schedule.kind())
                .filter(kind -> kind != ScheduleKind.ZB_H1 || EvenPhases.in(windows))
                .map(kind -> ClosedForms.bubble(kind, shape))
                .orElse(OptionalDouble.empty());
        return bubble.isPresent() ? bubble.getAsDouble() : null;
    }
}
