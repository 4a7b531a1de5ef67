package io.github.bubbletrace.cli;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Numbers of an analysis document, by the name of their field. */
record Document(String json) {

    /** All numbers under {@code field}, in the document's order. */
    List<Double> numbers(String field) {
        return Pattern.compile('"' + field + "\" : (-?[0-9.E-]+)")
                .matcher(json)
                .results()
                .map(match -> Double.valueOf(match.group(1)))
                .toList();
    }

    /** All flags under {@code field}. */
    List<Boolean> flags(String field) {
        return Pattern.compile('"' + field + "\" : (true|false)")
                .matcher(json)
                .results()
                .map(match -> Boolean.valueOf(match.group(1)))
                .toList();
    }

    /** All texts under {@code field}. */
    List<String> texts(String field) {
        return Pattern.compile('"' + field + "\" : \"([^\"]*)\"")
                .matcher(json)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
