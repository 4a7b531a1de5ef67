package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.pipeline.label.Label;
import io.github.bubbletrace.pipeline.label.LabelParser;
import io.github.bubbletrace.pipeline.label.LayerNames;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.RangeTable;
import io.github.bubbletrace.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The ranges of a trace whose names say something, each distinct name parsed once. */
final class LabelledRanges {

    /** Domain in which NCCL marks its API calls. */
    private static final String NCCL_DOMAIN = "NCCL";

    /** Calls that tell sends from receives, in exports too that lost the name of the domain. */
    private static final Set<String> NCCL_CALLS = Set.of("ncclSend", "ncclRecv", "ncclGroupStart", "ncclGroupEnd");

    private final RangeTable ranges;
    private final List<List<Label>> labelsOfText;
    private final int[] rows;
    private final int[] ncclRows;
    private final int[] hopRows;
    private final int[] layerRows;
    private final int[] layerOfText;

    LabelledRanges(Trace trace, LabelParser parser) {
        ranges = trace.ranges();
        labelsOfText = new ArrayList<>(Collections.nCopies(trace.strings().size(), null));
        Set<Integer> ncclTexts = new HashSet<>();
        Set<Integer> hopTexts = new HashSet<>();
        for (int text = 0; text < trace.strings().size(); text++) {
            if (NCCL_CALLS.contains(trace.strings().get(text))) {
                ncclTexts.add(text);
            }
            if (HopNames.isHop(trace.strings().get(text))) {
                hopTexts.add(text);
            }
        }
        IntColumn labelled = new IntColumn();
        IntColumn nccl = new IntColumn();
        IntColumn hops = new IntColumn();
        IntColumn layers = new IntColumn();
        layerOfText = new int[trace.strings().size()];
        for (int row = 0; row < ranges.size(); row++) {
            if (trace.strings().get(ranges.domain(row)).equals(NCCL_DOMAIN)) {
                nccl.add(row);
                continue;
            }
            int text = ranges.text(row);
            if (labelsOfText.get(text) == null) {
                layerOfText[text] = LayerNames.layer(trace.strings().get(text));
                labelsOfText.set(text, parser.parse(trace.strings().get(text)));
            }
            if (!labelsOfText.get(text).isEmpty()) {
                labelled.add(row);
            } else if (ncclTexts.contains(text)) {
                nccl.add(row);
            } else if (hopTexts.contains(text)) {
                hops.add(row);
            }
            if (layer(row) != LayerNames.NONE) {
                layers.add(row);
            }
        }
        layerRows = layers.toArray();
        rows = labelled.toArray();
        ncclRows = nccl.toArray();
        hopRows = hops.toArray();
    }

    /** The layer that the range in {@code row} names, or {@link LayerNames#NONE}. */
    int layer(int row) {
        return layerOfText[ranges.text(row)];
    }

    /** The rows that name a layer, by start. */
    int[] layerRows() {
        return layerRows;
    }

    /** What the range in {@code row} says. */
    List<Label> labels(int row) {
        return labelsOfText.get(ranges.text(row));
    }

    /** The rows of which a label passes {@code filter}, by start. */
    int[] rows(Predicate<Label> filter) {
        IntColumn passed = new IntColumn();
        for (int row : rows) {
            List<Label> labels = labels(row);
            for (int i = 0; i < labels.size(); i++) {
                if (filter.test(labels.get(i))) {
                    passed.add(row);
                    break;
                }
            }
        }
        return passed.toArray();
    }

    /** The rows of NCCL's own API ranges, by start. */
    int[] ncclRows() {
        return ncclRows;
    }

    /** The rows that say what is sent or received, but not of which micro-batch, by start. */
    int[] hopRows() {
        return hopRows;
    }

    /** {@code some} of the rows, one list a thread, each by start. */
    Map<Integer, int[]> byThread(int[] some) {
        Map<Integer, IntColumn> split = new HashMap<>();
        for (int row : some) {
            split.computeIfAbsent(ranges.thread(row), t -> new IntColumn()).add(row);
        }
        Map<Integer, int[]> arrays = new HashMap<>();
        split.forEach((thread, list) -> arrays.put(thread, nestedOrder(list.toArray())));
        return arrays;
    }

    /** A sweep over {@code some} rows of one thread. */
    RangeSweep sweep(int[] some) {
        long[] start = new long[some.length];
        long[] end = new long[some.length];
        for (int i = 0; i < some.length; i++) {
            start[i] = ranges.startNs(some[i]);
            end[i] = ranges.endNs(some[i]);
        }
        return new RangeSweep(start, end);
    }

    /** An index of {@code some} rows of one thread. */
    RangeIndex index(int[] some) {
        long[] start = Arrays.stream(some).mapToLong(ranges::startNs).toArray();
        long[] end = Arrays.stream(some).mapToLong(ranges::endNs).toArray();
        return RangeIndex.of(start, end, some);
    }

    /** Of ranges that start together the longer is the outer one, whatever order the file has them in. */
    private int[] nestedOrder(int[] list) {
        List<Integer> boxed = new ArrayList<>();
        for (int row : list) {
            boxed.add(row);
        }
        boxed.sort((a, b) -> {
            int byStart = Long.compare(ranges.startNs(a), ranges.startNs(b));
            return byStart != 0 ? byStart : Long.compare(ranges.endNs(b), ranges.endNs(a));
        });
        return boxed.stream().mapToInt(Integer::intValue).toArray();
    }
}
