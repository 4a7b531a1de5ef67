package io.github.bubbletrace.pipeline.fleet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * Which part of the model each rank runs: ranks count through the dimensions as the digits of a number do, the first of
 * {@code order} changing fastest.
 *
 * @param tensor ranks that share a stage
 * @param pipeline stages
 * @param data replicas
 * @param order every dimension once
 */
public record Layout(int tensor, int pipeline, int data, List<Dimension> order) {

    /** What ranks are numbered through. */
    public enum Dimension {
        /** Tensor-parallel lanes. */
        TP,
        /** Places of the pipeline. */
        PP,
        /** Data-parallel replicas. */
        DP;

        /** The name in {@code --layout}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The order of Megatron. */
    public static final List<Dimension> DEFAULT_ORDER = List.of(Dimension.TP, Dimension.DP, Dimension.PP);

    private static final int MOST_RANKS = 1 << 20;

    /** @throws IllegalArgumentException where a size is no size or the order is none, saying which */
    public Layout {
        order = List.copyOf(order);
        if (tensor < 1 || pipeline < 1 || data < 1) {
            throw new IllegalArgumentException("a size is at least 1");
        }
        if ((long) tensor * pipeline > MOST_RANKS || (long) tensor * pipeline * data > MOST_RANKS) {
            throw new IllegalArgumentException("there are at most " + MOST_RANKS + " ranks");
        }
        if (order.size() != Dimension.values().length || new HashSet<>(order).size() != order.size()) {
            throw new IllegalArgumentException("the order names each of tp, pp and dp once");
        }
    }

    /** How many ranks there are. */
    public int ranks() {
        return tensor * pipeline * data;
    }

    /** Where {@code rank} stands in {@code dimension}. */
    public int of(int rank, Dimension dimension) {
        int rest = rank;
        for (Dimension faster : order) {
            if (faster == dimension) {
                return rest % size(dimension);
            }
            rest /= size(faster);
        }
        throw new IllegalStateException("no dimension " + dimension);
    }

    /** As {@code --layout} takes it. */
    @Override
    public String toString() {
        List<String> keys = new ArrayList<>();
        order.forEach(dimension -> keys.add(dimension.key()));
        return "tp=" + tensor + ",pp=" + pipeline + ",dp=" + data + ",order=" + String.join("-", keys);
    }

    private int size(Dimension dimension) {
        return switch (dimension) {
            case TP -> tensor;
            case PP -> pipeline;
            case DP -> data;
        };
    }
}
