package io.github.bubbletrace.format.spans;

import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;

/** How a CSV file is written: what separates its columns, and what its first line says. */
final class CsvDialect {

    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final char[] SEPARATORS = {',', ';', '\t', '|'};

    private final char separator;
    private final String firstLine;

    /** The dialect of a file that begins with {@code head}. */
    CsvDialect(byte[] head) {
        firstLine = firstLine(new String(head, StandardCharsets.UTF_8));
        char best = ',';
        for (char candidate : SEPARATORS) {
            best = count(candidate) > count(best) ? candidate : best;
        }
        separator = best;
    }

    /** The columns that the first line would name. */
    SpanColumns columns() {
        return new SpanColumns(
                java.util.Arrays.stream(firstLine.split(java.util.regex.Pattern.quote("" + separator), -1))
                        .map(name -> name.strip().replaceAll("^\"|\"$", ""))
                        .toList());
    }

    CSVFormat format() {
        return CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .setLenientEof(true)
                .get();
    }

    private long count(char c) {
        return firstLine.chars().filter(x -> x == c).count();
    }

    private static String firstLine(String text) {
        String plain = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        return plain.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    }
}
