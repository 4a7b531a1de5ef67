package io.github.bubbletrace.pipeline.label;

import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.schedule.Phase;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * bubbletrace's own labels: any text with key=value words, as {@code it=0 stage=2 mb=3 phase=F} or {@code forward
 * stage=0 mb=1}; {@code send_forward} and the like name transfers.
 */
final class KeyValueForm implements LabelForm {

    private static final Set<String> DIRECTIONS = Set.of("send", "recv", "receive");

    @Override
    public List<Label> parse(String text) {
        if (text.indexOf('=') < 0) {
            return List.of();
        }
        KeyValues values = new KeyValues(text);
        int microBatch = values.number("mb", "microbatch", "micro_batch");
        return microBatch < 0
                ? List.of()
                : label(text.strip(), values, microBatch).map(List::of).orElse(List.of());
    }

    /** The first word is the phase where no value says it; one before it, joined by _ or -, says what a transfer does. */
    private static Optional<Label> label(String text, KeyValues values, int microBatch) {
        Role role = Role.TASK;
        int start = 0;
        int end = KeyValues.lettersEnd(text, 0);
        if (end < text.length() && isJoint(text.charAt(end)) && DIRECTIONS.contains(text.substring(0, end))) {
            role = text.charAt(0) == 's' ? Role.SEND : Role.RECV;
            start = end + 1;
            end = KeyValues.lettersEnd(text, start);
        }
        boolean isWord = end > start && (end == text.length() || !goesOn(text.charAt(end)));
        Optional<Phase> phase = Optional.ofNullable(values.text("phase")).flatMap(PhaseWords::phase);
        if (phase.isEmpty() && isWord) {
            phase = PhaseWords.phase(text.substring(start, end));
        }
        Role found = isWord ? role : Role.TASK;
        return phase.map(p -> place(
                values,
                new Label(
                        found,
                        p,
                        -1,
                        -1,
                        -1,
                        microBatch,
                        values.number("it", "iteration", "step"),
                        values.number("replica", "dp", "dp_rank"),
                        values.number("tp", "tp_rank"))));
    }

    private static boolean isJoint(char c) {
        return c == '_' || c == '-';
    }

    private static boolean goesOn(char c) {
        return isJoint(c) || c == '=' || KeyValues.isDigit(c);
    }

    /** A stage alone is the chunk over the whole pipeline; with a chunk beside it, the place and the local chunk. */
    private static Label place(KeyValues values, Label label) {
        int stage = values.number("stage", "pp", "pp_rank");
        int chunk = values.number("chunk");
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
}
