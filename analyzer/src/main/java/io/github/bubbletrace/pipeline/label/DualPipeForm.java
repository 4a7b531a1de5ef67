package io.github.bubbletrace.pipeline.label;

import io.github.bubbletrace.schedule.Phase;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ranges of pith-train's DualPipeV: {@code forward chunk 3 (phase1)} is micro-batch 3 on its rank's chunk 1. */
final class DualPipeForm implements LabelForm {

    private static final Pattern TASK = Pattern.compile("(forward|backward|weight) chunk (\\d+) \\(phase(\\d+)\\)");

    @Override
    public List<Label> parse(String text) {
        if (!text.endsWith(")")) {
            return List.of();
        }
        Matcher task = TASK.matcher(text);
        if (!task.matches()) {
            return List.of();
        }
        Phase phase = PhaseWords.phase(task.group(1)).orElseThrow();
        return List.of(Label.task(phase, Numbers.parse(task.group(2))).onLocalChunk(Numbers.parse(task.group(3))));
    }
}
