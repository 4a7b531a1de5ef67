package io.github.bubbletrace.attribution;

import io.github.bubbletrace.pipeline.PipelineRun;
import io.github.bubbletrace.pipeline.Window;
import io.github.bubbletrace.pipeline.extract.Activity;
import io.github.bubbletrace.pipeline.fleet.Device;
import io.github.bubbletrace.trace.IntervalSet;
import java.util.Optional;

/** Explains the idle time of one device in one window: inside hulls, and gap by gap. */
final class DeviceGaps {

    private final PipelineRun run;
    private final WindowRun windowRun;
    private final Window window;
    private final Blocks blocks;
    private final Activity activity;
    private final IntervalSet unmatchedP2p;
    private final GapSplit split;
    private final CausedSpans spans = new CausedSpans();

    DeviceGaps(PipelineRun run, WindowRun windowRun, int device, IntervalSet unmatchedP2p) {
        this.run = run;
        this.windowRun = windowRun;
        this.window = windowRun.window();
        this.blocks = windowRun.blocks();
        this.activity = run.devices().get(device).activity();
        this.unmatchedP2p = unmatchedP2p;
        this.split = new GapSplit(run.forwardOnly());
    }

    /** The idle spans of the device, whose blocks are {@code firstBlock} to before {@code endBlock}. */
    CausedSpans explain(int firstBlock, int endBlock) {
        long free = window.windowStartNs();
        for (int block = firstBlock; block < endBlock; block++) {
            explainGap(block == firstBlock ? -1 : block - 1, block, free, blocks.startNs(block));
            explainHull(block);
            free = blocks.endNs(block);
        }
        explainGap(endBlock - 1, -1, free, window.windowEndNs());
        return spans;
    }

    private void explainHull(int block) {
        HullIdle idle = HullIdle.of(activity, blocks.startNs(block), blocks.endNs(block));
        SpanMerge.of(idle).forEach(spans::add);
    }

    /** The gap between two blocks of the device; -1 stands for the window's start and end. */
    private void explainGap(int before, int after, long startNs, long endNs) {
        IntervalSet idle = activity.compute().complement(startNs, endNs);
        long[] parts = new long[Cause.values().length];
        Optional<Replays> replays = windowRun.replays();
        if (replays.isEmpty() || isUnresolved(after, idle.totalNs())) {
            parts[Cause.UNRESOLVED.ordinal()] = idle.totalNs();
        } else {
            fill(parts, replays.get(), before, after, idle, startNs, endNs);
        }
        spans.lay(idle, parts);
    }

    private void fill(
            long[] parts, Replays replays, int before, int after, IntervalSet idle, long startNs, long endNs) {
        long[] lengths = new long[GapSplit.REST];
        for (int k = 0; k < lengths.length; k++) {
            if (before >= 0) {
                split.afterTask(k, replays.lengthNs(2, before), replays.lengthNs(k, before));
            }
            long from = before < 0 ? 0 : replays.get(k).blockEndNs(before);
            long to = after < 0 ? replays.get(k).makespanNs() : replays.get(k).blockStartNs(after);
            lengths[k] = to - from;
        }
        long[] split4 = split.split(lengths, idle.totalNs());
        parts[structure(before, after).ordinal()] = split4[GapSplit.STRUCTURE];
        parts[Cause.IMBALANCE.ordinal()] = split4[GapSplit.IMBALANCE];
        parts[Cause.JITTER.ordinal()] = split4[GapSplit.JITTER];
        long rest = split4[GapSplit.REST];
        long collective = Math.min(
                rest, idle.intersect(activity.collective().clip(startNs, endNs)).totalNs());
        long p2p = Math.min(
                rest - collective,
                idle.intersect(unmatchedP2p.clip(startNs, endNs)).totalNs());
        parts[Cause.P2P.ordinal()] = split4[GapSplit.TRANSFERS] + p2p;
        parts[Cause.COLLECTIVE.ordinal()] = collective;
        parts[Cause.HOST.ordinal()] = rest - collective - p2p;
    }

    private Cause structure(int before, int after) {
        if (before < 0) {
            return Cause.FILL;
        }
        if (after < 0) {
            return Cause.DRAIN;
        }
        return run.forwardOnly() ? Cause.STARVATION : Cause.TURNAROUND;
    }

    private boolean isUnresolved(int after, long idleNs) {
        if (window.isTruncated() || !run.isWhole()) {
            return true;
        }
        return after >= 0 && (windowRun.isInputMissing(after) || idleNs < clockErrorNs(after));
    }

    /** How far apart the clocks of the device and of those that its next block waits for may be. */
    private long clockErrorNs(int block) {
        Device own = run.devices().get(window.device(blocks.firstTask(block)));
        long error = 0;
        for (int source : windowRun.sourcesOf(block)) {
            error = Math.max(error, Device.clockErrorNs(own, run.devices().get(window.device(source))));
        }
        return error;
    }
}
