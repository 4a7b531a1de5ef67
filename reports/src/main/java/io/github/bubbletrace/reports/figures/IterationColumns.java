package io.github.bubbletrace.reports.figures;

import io.github.bubbletrace.analysis.IterationAnalysis;
import java.util.ArrayList;
import java.util.List;

/** The iterations as columns of a chart: one each, or groups of neighbours where they are too many. */
public final class IterationColumns {

    private static final int MAX_COLUMNS = 250;

    private final List<List<IterationAnalysis>> columns = new ArrayList<>();
    private final int size;

    /** Deals {@code iterations} out to columns, in their order. */
    public IterationColumns(List<IterationAnalysis> iterations) {
        size = Math.max(1, (iterations.size() + MAX_COLUMNS - 1) / MAX_COLUMNS);
        for (int from = 0; from < iterations.size(); from += size) {
            columns.add(iterations.subList(from, Math.min(from + size, iterations.size())));
        }
    }

    /** The iterations of each column. */
    public List<List<IterationAnalysis>> columns() {
        return columns;
    }

    /** How many iterations a column holds. */
    public int size() {
        return size;
    }

    /** Where a column stands: the number of its first iteration. */
    public static int x(List<IterationAnalysis> column) {
        return column.get(0).index();
    }

    /** The axis' name. */
    public String axisName() {
        return size == 1 ? "iteration" : "iteration (each column: the mean of " + size + ')';
    }

    /** Whether a column holds an iteration that is left out of the totals. */
    public static boolean isSkipped(List<IterationAnalysis> column) {
        return column.stream().anyMatch(IterationAnalysis::skipped);
    }
}
