package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.replay.ReplayGraph;
import io.github.bubbletrace.replay.Sweep;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.Groups;
import java.util.List;

/**
 * How long every stage waits between its tasks in one step, and how long the step takes: as recorded, and with one stage fixed.
 * In nanoseconds.
 */
final class StageWaits {

    /** So many fixed stages are played by one thread before another may take the next. */
    private static final int SLICE = 16;

    private final Step recorded;
    private final Step fixed;
    private final int[] stageOfBlock;
    private final Groups tasks;
    private final Groups edges;
    private final Groups blocks;
    private final long[] waitsNs;
    private final long lengthNs;
    private final long[][] fixedWaitsNs;
    private final long[] fixedLengthsNs;

    /** @param fixed the step with all stages fixed */
    StageWaits(Replica replica, Step recorded, Step fixed, int stages) {
        this.recorded = recorded;
        this.fixed = fixed;
        ReplayGraph graph = recorded.graph();
        tasks = Groups.of(graph.tasks(), task -> replica.stageOf(recorded.device(task)));
        edges = Groups.of(graph.edges(), edge -> replica.stageOf(recorded.lateDevice(edge)));
        blocks = Groups.of(graph.blocks(), block -> replica.stageOf(graph.deviceOf(block)));
        stageOfBlock = new int[graph.blocks()];
        for (int block = 0; block < stageOfBlock.length; block++) {
            stageOfBlock[block] = replica.stageOf(graph.deviceOf(block));
        }
        waitsNs = new long[stages];
        fixedWaitsNs = new long[stages][stages];
        fixedLengthsNs = new long[stages];
        lengthNs = measure(new CostPair(recorded, fixed), waitsNs);
    }

    /** How long {@code stage} waits as recorded, over its devices. */
    long waitsNs(int stage) {
        return waitsNs[stage];
    }

    /** The step as recorded. */
    long lengthNs() {
        return lengthNs;
    }

    /** How long {@code stage} waits with only {@code fixedStage} fixed. */
    long waitsNs(int stage, int fixedStage) {
        return fixedWaitsNs[fixedStage][stage];
    }

    /** The step with only {@code fixedStage} fixed. */
    long lengthNs(int fixedStage) {
        return fixedLengthsNs[fixedStage];
    }

    /** Plays all steps with one stage fixed after the other. */
    static void play(List<StageWaits> steps, int stages) {
        int slices = (stages + SLICE - 1) / SLICE;
        Cores.forEach(slices * steps.size(), i -> steps.get(i / slices).playSlice(i % slices * SLICE));
    }

    private void playSlice(int first) {
        CostPair pair = new CostPair(recorded, fixed);
        for (int stage = first; stage < Math.min(fixedLengthsNs.length, first + SLICE); stage++) {
            exchange(pair, stage);
            fixedLengthsNs[stage] = measure(pair, fixedWaitsNs[stage]);
            exchange(pair, stage);
        }
    }

    private void exchange(CostPair pair, int stage) {
        for (int task : tasks.members(stage)) {
            pair.exchangeTask(task);
        }
        for (int edge : edges.members(stage)) {
            pair.exchangeEdge(edge);
        }
        for (int block : blocks.members(stage)) {
            pair.exchangeBlock(block);
        }
    }

    private long measure(CostPair pair, long[] ofStage) {
        Sweep played = pair.playedOne();
        ReplayGraph graph = recorded.graph();
        for (int block = 0; block < stageOfBlock.length; block++) {
            int before = graph.previous(block);
            if (before >= 0) {
                ofStage[stageOfBlock[block]] += Math.max(0, played.blockStartNs(block) - played.blockEndNs(before));
            }
        }
        return played.lengthNs();
    }
}
