package io.github.bubbletrace.pipeline.label;

import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.schedule.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PyTorch's pipelining ranges: {@code PP:0F0}, {@code PP:2SEND_F1}, {@code PP:(0F7;7B3)OVERLAP_F_B}; the number before
 * the letters is the chunk, the one after them the micro-batch. {@code Forward 3} of a single stage has no chunk.
 */
final class TorchForm implements LabelForm {

    private static final Pattern ACTION = Pattern.compile("(\\d+)(SEND_|RECV_)?(F|I|B|W|BW)(\\d+)");
    private static final Pattern PREFIXED = Pattern.compile("PP:\\(?(.+?)(?:\\)OVERLAP_\\w+)?");
    private static final Pattern SINGLE = Pattern.compile("(Forward|Backward) (\\d+)");

    @Override
    public List<Label> parse(String text) {
        if (text.startsWith("PP:")) {
            Matcher prefixed = PREFIXED.matcher(text);
            return prefixed.matches() ? actions(prefixed.group(1)) : List.of();
        }
        if (!text.startsWith("Forward ") && !text.startsWith("Backward ")) {
            return List.of();
        }
        Matcher single = SINGLE.matcher(text);
        return single.matches()
                ? PhaseWords.phase(single.group(1))
                        .map(phase -> List.of(Label.task(phase, Numbers.parse(single.group(2)))))
                        .orElse(List.of())
                : List.of();
    }

    private static List<Label> actions(String list) {
        List<Label> labels = new ArrayList<>(2);
        for (String part : list.split("[;,]", 4)) {
            Matcher action = ACTION.matcher(part);
            if (action.matches()) {
                String letters = action.group(3);
                Phase phase = letters.equals("BW")
                        ? Phase.B
                        : PhaseWords.phase(letters).orElseThrow();
                labels.add(Label.task(phase, Numbers.parse(action.group(4)))
                        .onChunk(Numbers.parse(action.group(1)))
                        .as(role(action.group(2))));
            }
        }
        return labels;
    }

    private static Role role(String direction) {
        if (direction == null) {
            return Role.TASK;
        }
        return direction.startsWith("SEND") ? Role.SEND : Role.RECV;
    }
}
