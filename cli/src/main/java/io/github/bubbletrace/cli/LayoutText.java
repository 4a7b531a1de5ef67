package io.github.bubbletrace.cli;

import io.github.bubbletrace.pipeline.fleet.Layout;
import io.github.bubbletrace.pipeline.fleet.Layout.Dimension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads a layout as users write it: {@code tp=4,pp=8,dp=2,order=tp-dp-pp}. */
final class LayoutText {

    private static final String ORDER = "order";
    private static final Pattern SIZE = Pattern.compile("\\d{1,7}");

    private LayoutText() {}

    /**
     * The layout that {@code text} says; a size not given is 1, and a dimension of size 1 need not be in the order.
     *
     * @throws IllegalArgumentException where it says none, with what is wrong
     */
    static Layout parse(String text) {
        Map<Dimension, Integer> sizes = new HashMap<>();
        List<Dimension> order = null;
        for (String word : text.split(",", -1)) {
            String[] pair = word.strip().split("=", -1);
            if (pair.length != 2) {
                throw new IllegalArgumentException("'" + word + "' is not of the form tp=4");
            }
            if (pair[0].equals(ORDER) && order == null) {
                order = order(pair[1]);
            } else if (pair[0].equals(ORDER) || sizes.put(dimension(pair[0]), size(word, pair[1])) != null) {
                throw new IllegalArgumentException(pair[0] + " is there twice");
            }
        }
        return new Layout(
                sizes.getOrDefault(Dimension.TP, 1),
                sizes.getOrDefault(Dimension.PP, 1),
                sizes.getOrDefault(Dimension.DP, 1),
                order == null ? Layout.DEFAULT_ORDER : whole(order, sizes));
    }

    private static int size(String word, String number) {
        if (!SIZE.matcher(number).matches()) {
            throw new IllegalArgumentException("'" + word + "' has no whole number as its size");
        }
        return Integer.parseInt(number);
    }

    private static List<Dimension> order(String text) {
        List<Dimension> order = new ArrayList<>();
        for (String key : text.split("-", -1)) {
            order.add(dimension(key));
        }
        return order;
    }

    private static Dimension dimension(String key) {
        for (Dimension dimension : Dimension.values()) {
            if (dimension.key().equals(key)) {
                return dimension;
            }
        }
        throw new IllegalArgumentException("'" + key + "' is none of tp, pp and dp");
    }

    /** Where a dimension of size 1 stands changes nothing. */
    private static List<Dimension> whole(List<Dimension> order, Map<Dimension, Integer> sizes) {
        List<Dimension> whole = new ArrayList<>(order);
        for (Dimension dimension : Dimension.values()) {
            if (!order.contains(dimension)) {
                if (sizes.getOrDefault(dimension, 1) > 1) {
                    throw new IllegalArgumentException("the order does not name " + dimension.key());
                }
                whole.add(dimension);
            }
        }
        return whole;
    }
}
