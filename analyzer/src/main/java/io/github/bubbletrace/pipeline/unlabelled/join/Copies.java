package io.github.bubbletrace.pipeline.unlabelled.join;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.trace.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Devices that send and receive at the same moments throughout: the ranks of a tensor-parallel stage, or of replicas in step.
 * Where kernels do not say what they do both sides of a transfer end together, and copies are those that begin together too.
 * Which of them sends to which of the next stage ends cannot tell; so where every stage has as many, the first belong
 * together, then the second, and so on in the order of their ranks.
 */
public final class Copies {

    /** What is compared: the ends of each role's operations, and the starts of those whose role is not known. */
    private static final int KINDS = Operations.Role.values().length + 1;

    /** How far apart the ends of copies are on one clock. */
    private static final long NEAR_NS = 20_000;

    private final Operations operations;
    private final long apartNs;
    private final long[][][] times;

    private Copies(Operations operations, int devices, long apartNs) {
        this.operations = operations;
        this.apartNs = apartNs;
        times = new long[devices][KINDS][];
        for (int device = 0; device < devices; device++) {
            Arrays.fill(times[device], new long[0]);
        }
        collect();
    }

    /** Number of the copy that each device is part of; all 0 where there are none. */
    public static int[] of(Operations operations, int devices, long errorNs) {
        Copies copies = new Copies(operations, devices, NEAR_NS + errorNs);
        List<List<Integer>> alike = copies.alike();
        int[] copy = new int[devices];
        boolean same = alike.size() > 1
                && alike.get(0).size() > 1
                && alike.stream().allMatch(own -> own.size() == alike.get(0).size());
        if (same) {
            alike.forEach(own -> own.forEach(device -> copy[device] = own.indexOf(device)));
        }
        return copy;
    }

    /**
     * Says which devices are alike though they are no copies: which of them their neighbours exchange with is open. Empty
     * where there are none, or where the trace says who sends to whom.
     */
    public static Optional<String> inStep(Operations operations, int devices, long errorNs) {
        boolean isNamed =
                IntStream.range(0, operations.size()).anyMatch(row -> operations.named(row) != Operations.NONE);
        return isNamed
                ? Optional.empty()
                : new Copies(operations, devices, errorNs)
                        .alike().stream()
                                .filter(own -> own.size() > 1)
                                .findFirst()
                                .map(own -> "devices " + own.get(0) + " and " + own.get(1)
                                        + " in the order of ranks, from 0, send"
                                        + " and receive at the same moments throughout, so that nothing tells which of"
                                        + " them others exchange with; record who sends to whom (NCCL's payload)");
    }

    private void collect() {
        LongColumn[][] columns = new LongColumn[times.length][KINDS];
        for (int row = 0; row < operations.size(); row++) {
            LongColumn[] own = columns[operations.device(row)];
            add(own, operations.role(row).ordinal(), operations.endNs(row));
            if (operations.role(row) == Operations.Role.UNKNOWN) {
                add(own, KINDS - 1, operations.startNs(row));
            }
        }
        for (int device = 0; device < times.length; device++) {
            for (int kind = 0; kind < KINDS; kind++) {
                if (columns[device][kind] != null) {
                    times[device][kind] = columns[device][kind].toArray();
                    Arrays.sort(times[device][kind]);
                }
            }
        }
    }

    private static void add(LongColumn[] columns, int kind, long timeNs) {
        columns[kind] = columns[kind] == null ? new LongColumn() : columns[kind];
        columns[kind].add(timeNs);
    }

    /** The devices with transfers, those that are alike together. */
    private List<List<Integer>> alike() {
        List<List<Integer>> alike = new ArrayList<>();
        for (int device = 0; device < times.length; device++) {
            if (isEmpty(device)) {
                continue;
            }
            int own = device;
            List<Integer> found = alike.stream()
                    .filter(group -> isAlike(group.get(0), own))
                    .findFirst()
                    .orElseGet(() -> {
                        List<Integer> added = new ArrayList<>();
                        alike.add(added);
                        return added;
                    });
            found.add(device);
        }
        return alike;
    }

    private boolean isEmpty(int device) {
        return Arrays.stream(times[device]).allMatch(own -> own.length == 0);
    }

    private boolean isAlike(int one, int other) {
        for (int kind = 0; kind < KINDS; kind++) {
            long[] a = times[one][kind];
            long[] b = times[other][kind];
            if (a.length != b.length) {
                return false;
            }
            for (int i = 0; i < a.length; i++) {
                if (Math.abs(a[i] - b[i]) > apartNs) {
                    return false;
                }
            }
        }
        return true;
    }
}
