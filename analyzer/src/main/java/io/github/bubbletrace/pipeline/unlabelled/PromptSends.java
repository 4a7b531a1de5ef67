package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.cut.FoundTask;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.IntColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must hold where kernels do not say whether they send or receive: of two transfers that may change places, one forth and
 * one back between the same two devices, those count as sends that start soonest after what they send is there. Taken the
 * other way round all tasks are the same, but not who waits for whom.
 */
final class PromptSends {

    /** Sooner by less than this is no sooner: hosts launch one transfer after the other. */
    private static final long SOONER_NS = 50_000;

    private final List<FoundTask> tasks;
    private final Operations operations;
    private final long toleranceNs;

    /** The task that a row sends the output of, or brings the input of, or {@link Operations#NONE}. */
    private final int[] taskOf;

    /** By device and the device that it gets them from: receives by their starts. */
    private final Map<Long, int[]> receives = new HashMap<>();

    private PromptSends(FoundPipeline pipeline, Operations operations, long errorNs) {
        tasks = pipeline.tasks();
        this.operations = operations;
        toleranceNs = errorNs + 1_000;
        taskOf = new int[operations.size()];
        Arrays.fill(taskOf, Operations.NONE);
        IntColumn brought = new IntColumn();
        for (int t = 0; t < tasks.size(); t++) {
            if (tasks.get(t).send() != Operations.NONE) {
                taskOf[tasks.get(t).send()] = t;
            }
            if (tasks.get(t).receive() != Operations.NONE) {
                taskOf[tasks.get(t).receive()] = t;
                brought.add(tasks.get(t).receive());
            }
        }
        Map<Long, IntColumn> byLink = new HashMap<>();
        for (int row : operations.byStart(Arrays.stream(brought.toArray()))) {
            byLink.computeIfAbsent(link(row), l -> new IntColumn()).add(row);
        }
        byLink.forEach((link, rows) -> receives.put(link, rows.toArray()));
    }

    /**
     * Refuses a reading in which sends and receives are taken for each other.
     *
     * @param operations with their directions
     * @param errorNs how far apart two moments of different clocks may be that are one
     * @throws NoPipelineException where a send and a receive may change places, and outputs would leave sooner
     */
    static void require(FoundPipeline pipeline, Operations operations, long errorNs) throws NoPipelineException {
        PromptSends sends = new PromptSends(pipeline, operations, errorNs);
        for (FoundTask task : pipeline.tasks()) {
            if (task.send() != Operations.NONE && sends.wouldLeaveSooner(task)) {
                throw new NoPipelineException("device " + task.device() + " would send what it computed sooner by"
                        + " transfers that were taken for receives");
            }
        }
    }

    private boolean wouldLeaveSooner(FoundTask from) {
        int send = from.send();
        int back = receiveAfter(from);
        int to = operations.peer(send);
        if (back == Operations.NONE || to == Operations.NONE || taskOf[to] < 0) {
            return false;
        }
        int backSend = operations.peer(back);
        if (taskOf[backSend] < 0 || backSend == to) {
            return false;
        }
        FoundTask other = tasks.get(taskOf[backSend]);
        boolean fits = mayLeaveBy(other, to)
                && mayWaitFor(tasks.get(taskOf[back]), send)
                && mayWaitFor(tasks.get(taskOf[to]), backSend);
        long soonerNs = operations.startNs(send)
                - operations.startNs(back)
                + operations.startNs(backSend)
                - operations.startNs(to);
        return fits && soonerNs > SOONER_NS + toleranceNs;
    }

    /** The first receive from the device that a task sends to once it has ended, or {@link Operations#NONE}. */
    private int receiveAfter(FoundTask task) {
        int[] rows = receives.getOrDefault(link(task.send()), new int[0]);
        int from = 0;
        int to = rows.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (mayLeaveBy(task, rows[middle])) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from < rows.length ? rows[from] : Operations.NONE;
    }

    private boolean mayLeaveBy(FoundTask task, int row) {
        return operations.startNs(row) + toleranceNs >= task.endNs();
    }

    private boolean mayWaitFor(FoundTask task, int row) {
        return operations.endNs(row) <= task.startNs() + toleranceNs;
    }

    private long link(int row) {
        int peer = operations.peer(row);
        return ((long) operations.device(row) << Integer.SIZE)
                | (peer == Operations.NONE ? Integer.toUnsignedLong(peer) : operations.device(peer));
    }
}
