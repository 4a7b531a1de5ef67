package io.github.bubbletrace.whatif;

import io.github.bubbletrace.attribution.Step;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.Groups;
import java.util.List;

/**
 * How long one step takes without host delay: as recorded, ideal, and with one part of it exchanged between the two, in both
 * directions. In nanoseconds.
 */
final class PartLengths {

    /** So many parts are played by one thread before another may take the next. */
    private static final int SLICE = 16;

    /** What a part is. */
    enum Kind {
        /** The tasks of a stage and what they receive. */
        STAGE,
        /** The tasks of a device and what they receive. */
        DEVICE,
        /** The tasks of a phase. */
        PHASE,
        /** All transfers. */
        TRANSFERS
    }

    /**
     * Some of a step's tasks and transfers.
     *
     * @param kind what it is
     * @param key number of the stage, place of the device in its pipeline, or number of the phase
     */
    record Part(Kind kind, int key) {}

    private final Step recorded;
    private final Step ideal;
    private final List<Part> parts;
    private final Groups tasksOfStage;
    private final Groups tasksOfDevice;
    private final Groups tasksOfPhase;
    private final Groups edgesOfStage;
    private final Groups edgesOfDevice;
    private final long recordedNs;
    private final long idealNs;
    private final long[] addedNs;
    private final long[] removedNs;

    PartLengths(Replica replica, Step recorded, Step ideal, List<Part> parts) {
        this.recorded = recorded;
        this.ideal = ideal;
        this.parts = parts;
        int tasks = recorded.graph().tasks();
        int edges = recorded.graph().edges();
        tasksOfStage = Groups.of(tasks, task -> replica.stageOf(recorded.device(task)));
        tasksOfDevice = Groups.of(tasks, recorded::device);
        tasksOfPhase = Groups.of(tasks, task -> recorded.action(task).phase().ordinal());
        edgesOfStage = Groups.of(edges, edge -> replica.stageOf(LinkAtMedian.receiver(recorded, edge)));
        edgesOfDevice = Groups.of(edges, edge -> LinkAtMedian.receiver(recorded, edge));
        recordedNs = recorded.lengthNs();
        idealNs = ideal.lengthNs();
        addedNs = new long[parts.size()];
        removedNs = new long[parts.size()];
    }

    long recordedNs() {
        return recordedNs;
    }

    long idealNs() {
        return idealNs;
    }

    /** The ideal step with only a part as recorded. */
    long addedNs(int part) {
        return addedNs[part];
    }

    /** The recorded step with only a part ideal. */
    long removedNs(int part) {
        return removedNs[part];
    }

    /** Plays all parts of all steps. */
    static void play(List<PartLengths> steps) {
        int parts = steps.stream().mapToInt(step -> step.parts.size()).max().orElse(0);
        int slices = (parts + SLICE - 1) / SLICE;
        Cores.forEach(slices * steps.size(), i -> steps.get(i / slices).playSlice(i % slices * SLICE));
    }

    private void playSlice(int first) {
        CostPair pair = new CostPair(ideal, recorded);
        for (int part = first; part < Math.min(parts.size(), first + SLICE); part++) {
            exchange(pair, parts.get(part));
            addedNs[part] = pair.lengthOfOneNs();
            removedNs[part] = pair.lengthOfOtherNs();
            exchange(pair, parts.get(part));
        }
    }

    private void exchange(CostPair pair, Part part) {
        switch (part.kind) {
            case STAGE -> exchange(pair, tasksOfStage.members(part.key), edgesOfStage.members(part.key));
            case DEVICE -> exchange(pair, tasksOfDevice.members(part.key), edgesOfDevice.members(part.key));
            case PHASE -> exchange(pair, tasksOfPhase.members(part.key), new int[0]);
            case TRANSFERS -> {
                for (int edge = 0; edge < recorded.graph().edges(); edge++) {
                    pair.exchangeEdge(edge);
                }
            }
        }
    }

    private static void exchange(CostPair pair, int[] tasks, int[] edges) {
        for (int task : tasks) {
            pair.exchangeTask(task);
        }
        for (int edge : edges) {
            pair.exchangeEdge(edge);
        }
    }
}
