package io.github.bubbletrace.reports.text;

import io.github.bubbletrace.analysis.InputSummary;
import java.util.ArrayList;
import java.util.List;

/** What {@code info} prints: the inputs as plain text. */
public final class InputText {

    private static final int MAX_PATH = 4096;

    private InputText() {}

    /** A block of lines per input, ending in a line feed. */
    public static String text(List<InputSummary> inputs) {
        List<String> lines = new ArrayList<>();
        for (InputSummary input : inputs) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(PlainText.clean(input.path(), MAX_PATH));
            lines.addAll(table(input).lines("  "));
        }
        return String.join("\n", lines) + '\n';
    }

    /** Ranks as {@code 0 to 7}, or one by one where they have gaps. */
    public static String ranks(List<Integer> ranks) {
        int last = ranks.size() - 1;
        if (last < 1) {
            return ranks.isEmpty() ? "none" : ranks.get(0).toString();
        }
        if (ranks.get(last) - ranks.get(0) == last) {
            return ranks.get(0) + " to " + ranks.get(last);
        }
        return PlainText.clean(Sentence.list(ranks.stream().map(String::valueOf).toList()));
    }

    private static TextTable table(InputSummary input) {
        TextTable table = new TextTable(2);
        table.add(List.of("format", PlainText.clean(input.format())));
        table.add(List.of("producer", known(input.producer())));
        table.add(List.of("schema", known(input.schema())));
        table.add(List.of("ranks", ranks(input.ranks())));
        table.add(List.of("GPUs", "" + input.gpus()));
        table.add(List.of("kernels", kernels(input)));
        table.add(List.of("copies", Units.whole(input.copies())));
        table.add(List.of(
                "ranges",
                Units.whole(input.ranges()) + " (" + Units.whole(input.labelledRanges())
                        + " name a phase and a micro-batch)"));
        table.add(List.of("API calls", Units.whole(input.apiCalls())));
        table.add(List.of(
                "clock",
                "offset " + Units.time(input.clockOffsetNs()) + ", error up to " + Units.time(input.clockErrorNs())));
        table.add(List.of(
                "missing",
                input.missing().isEmpty() ? "nothing" : PlainText.clean(String.join("; ", input.missing()))));
        return table;
    }

    private static String known(String value) {
        return value == null ? "unknown" : PlainText.clean(value);
    }

    private static String kernels(InputSummary input) {
        return Units.whole(input.kernels()) + " (" + Units.whole(input.p2p()) + " point-to-point, "
                + Units.whole(input.collectives()) + " collective, " + Units.whole(input.unmatchedKernels())
                + " without an API call)";
    }
}
