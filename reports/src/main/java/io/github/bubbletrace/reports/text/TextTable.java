package io.github.bubbletrace.reports.text;

import java.util.ArrayList;
import java.util.List;

/** A table of plain text with aligned columns: the first to the left, the others to the right. */
public final class TextTable {

    private static final String GAP = "  ";

    private final int leftColumns;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table whose first {@code leftColumns} columns are aligned to the left. */
    public TextTable(int leftColumns) {
        this.leftColumns = leftColumns;
    }

    /** Adds a row; every row has as many cells as the first. */
    public void add(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    /** The lines of the table, each after {@code indent}. */
    public List<String> lines(String indent) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int column = 0; column < row.size(); column++) {
                line.append(column == 0 ? "" : GAP).append(padded(row.get(column), widths[column], column));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private String padded(String cell, int width, int column) {
        String padding = " ".repeat(width - width(cell));
        return column < leftColumns ? cell + padding : padding + cell;
    }

    private int[] widths() {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        return widths;
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
