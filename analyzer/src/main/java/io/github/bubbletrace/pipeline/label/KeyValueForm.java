package io.github.bubbletrace.pipeline.label;

import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.schedule.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * bubbletrace's own labels: any text with key=value words, as {@code it=0 stage=2 mb=3 phase=F} or {@code forward
 * stage=0 mb=1}; {@code send_forward} and the like name transfers.
 */
final class KeyValueForm implements LabelForm {

    private static final Pattern WORD = Pattern.compile("(?:(send|recv|receive)[_-])?([A-Za-z]+)(?![A-Za-z0-9_=-])");

    @Override
    public List<Label> parse(String text) {
        if (text.indexOf('=') < 0) {
            return List.of();
        }
        Map<String, String> values = values(text);
        int microBatch = number(values, "mb", "microbatch", "micro_batch");
        return microBatch < 0
                ? List.of()
                : label(text, values, microBatch).map(List::of).orElse(List.of());
    }

    /** The words {@code key=value}, keys of letters and underscores in lower case, values of letters and digits. */
    private static Map<String, String> values(String text) {
        Map<String, String> values = new HashMap<>();
        int free = 0;
        for (int sign = text.indexOf('='); sign >= 0; sign = text.indexOf('=', sign + 1)) {
            int key = sign;
            while (key > free && (isLetter(text.charAt(key - 1)) || text.charAt(key - 1) == '_')) {
                key--;
            }
            int end = sign + 1;
            while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
                end++;
            }
            if (key < sign && end > sign + 1) {
                values.putIfAbsent(text.substring(key, sign).toLowerCase(Locale.ROOT), text.substring(sign + 1, end));
                free = end;
            }
        }
        return values;
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Optional<Label> label(String text, Map<String, String> values, int microBatch) {
        Role role = Role.TASK;
        Optional<Phase> phase = Optional.ofNullable(values.get("phase")).flatMap(PhaseWords::phase);
        Matcher first = WORD.matcher(text.strip());
        if (first.lookingAt()) {
            String direction = first.group(1);
            role = direction == null ? Role.TASK : direction.startsWith("s") ? Role.SEND : Role.RECV;
            phase = phase.isPresent() ? phase : PhaseWords.phase(first.group(2));
        }
        Role found = role;
        return phase.map(p -> place(
                values,
                new Label(
                        found,
                        p,
                        -1,
                        -1,
                        -1,
                        microBatch,
                        number(values, "it", "iteration", "step"),
                        number(values, "replica", "dp", "dp_rank"),
                        number(values, "tp", "tp_rank"))));
    }

    /** A stage alone is the chunk over the whole pipeline; with a chunk beside it, the place and the local chunk. */
    private static Label place(Map<String, String> values, Label label) {
        int stage = number(values, "stage", "pp", "pp_rank");
        int chunk = number(values, "chunk");
        return new Label(
                label.role(),
                label.phase(),
                chunk < 0 ? stage : -1,
                chunk < 0 ? -1 : stage,
                chunk,
                label.microBatch(),
                label.iteration(),
                label.replica(),
                label.lane());
    }

    private static int number(Map<String, String> values, String... keys) {
        for (String key : keys) {
            if (values.containsKey(key)) {
                return Numbers.parse(values.get(key));
            }
        }
        return -1;
    }
}
