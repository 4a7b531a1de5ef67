package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.Communicator;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.KernelKind;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Message;
import io.github.bubbletrace.trace.MessageTable;
import io.github.bubbletrace.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/**
 * Collective kernels of one file of which the trace says in which group of ranks they ran. On all ranks of the group such a
 * kernel ends when all have what they need, so its kernels end together. Times are of the file's clock.
 */
public final class CollectiveOps {

    /** A broadcast's or a reduction's root may be done before the others. */
    private static final Pattern END_TOGETHER = Pattern.compile("(?i).*(all_?reduce|all_?gather|reduce_?scatter).*");

    private final List<String> group = new ArrayList<>();
    private final IntColumn lane = new IntColumn();
    private final LongColumn endNs = new LongColumn();

    /** Whether a trace says anything of communications and has collectives of which it may say it. */
    static boolean mayBeDescribed(Trace trace) {
        return trace.messages().size() > 0 && trace.kernels().count(KernelKind.COLLECTIVE) > 0;
    }

    /**
     * The collectives of a trace.
     *
     * @param laneOfKernel lane of each kernel
     * @param described row that describes a kernel among the trace's messages, or -1
     */
    static CollectiveOps of(Trace trace, int[] laneOfKernel, IntUnaryOperator described) {
        CollectiveOps found = new CollectiveOps();
        KernelTable kernels = trace.kernels();
        MessageTable messages = trace.messages();
        for (int k = 0; k < kernels.size(); k++) {
            int said = kernels.kind(k) == KernelKind.COLLECTIVE ? described.applyAsInt(k) : -1;
            if (said >= 0
                    && messages.kind(said) == Message.Kind.COLLECTIVE
                    && messages.communicator(said) >= 0
                    && END_TOGETHER
                            .matcher(trace.strings().get(kernels.name(k)))
                            .matches()) {
                found.add(
                        key(messages.communicators().get(messages.communicator(said))),
                        laneOfKernel[k],
                        kernels.endNs(k));
            }
        }
        return found;
    }

    private void add(String key, int newLane, long newEndNs) {
        if (!key.isEmpty()) {
            group.add(key);
            lane.add(newLane);
            endNs.add(newEndNs);
        }
    }

    /** NCCL's numbers of communicators are one group's alone; names that programs give may be several groups'. */
    private static String key(Communicator communicator) {
        return communicator.name().isEmpty() ? "" : communicator.name() + " " + communicator.ranks();
    }

    /** How many there are; they are numbered from 0. */
    public int size() {
        return group.size();
    }

    /** What is the same for a group on all its ranks, and for no other. */
    public String group(int op) {
        return group.get(op);
    }

    /** Lane of an operation, in its file. */
    public int lane(int op) {
        return lane.get(op);
    }

    /** End of an operation, in nanoseconds of its file's clock. */
    public long endNs(int op) {
        return endNs.get(op);
    }
}
