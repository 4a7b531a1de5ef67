package io.github.bubbletrace.pipeline.label;

import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.schedule.Phase;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ranges of the zero-bubble fork of Megatron-LM: {@code F3.0.17} is micro-batch, chunk of its rank, sequence; {@code
 * SEND_FORWARD.3.0.18} a transfer; older versions write {@code F3} alone.
 */
final class ZeroBubbleForm implements LabelForm {

    private static final Pattern TASK = Pattern.compile("([FBWR])(\\d+)(?:\\.(\\d+)\\.\\d+)?");
    private static final Pattern TRANSFER = Pattern.compile("(SEND|RECV)_(FORWARD|BACKWARD)\\.(\\d+)\\.(\\d+)\\.\\d+");

    @Override
    public List<Label> parse(String text) {
        if (text.isEmpty() || "FBWRS".indexOf(text.charAt(0)) < 0) {
            return List.of();
        }
        Matcher task = TASK.matcher(text);
        if (task.matches()) {
            int chunk = task.group(3) == null ? 0 : Numbers.parse(task.group(3));
            return List.of(Label.task(Phase.valueOf(task.group(1)), Numbers.parse(task.group(2)))
                    .onLocalChunk(chunk));
        }
        Matcher transfer = TRANSFER.matcher(text);
        if (!transfer.matches()) {
            return List.of();
        }
        Phase phase = transfer.group(2).equals("FORWARD") ? Phase.F : Phase.B;
        return List.of(Label.task(phase, Numbers.parse(transfer.group(3)))
                .onLocalChunk(Numbers.parse(transfer.group(4)))
                .as(transfer.group(1).equals("SEND") ? Role.SEND : Role.RECV));
    }
}
