package io.github.bubbletrace.pipeline.label;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tries every known spelling on a range name. Immutable. */
public final class LabelParser {

    private static final int MAX_LENGTH = 512;
    private static final int MAX_CHUNK = 1023;

    private final List<LabelForm> forms = new ArrayList<>();

    /** A parser of all known forms; {@code own}, where not null, is tried first. */
    public LabelParser(Pattern own) {
        if (own != null) {
            forms.add(new PatternForm(own));
        }
        forms.add(new TorchForm());
        forms.add(new ZeroBubbleForm());
        forms.add(new DualPipeForm());
        forms.add(new InferenceForm());
        forms.add(new KeyValueForm());
        forms.add(new StepForm());
    }

    /** What {@code text} says; empty where no form fits. */
    public List<Label> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return List.of();
        }
        for (LabelForm form : forms) {
            List<Label> labels = form.parse(text);
            if (!labels.isEmpty()) {
                return labels.stream().allMatch(LabelParser::isPlausible) ? labels : List.of();
            }
        }
        return List.of();
    }

    /** Numbers beyond any real pipeline's come from damage or from ranges that mean something else. */
    private static boolean isPlausible(Label label) {
        boolean placed = Math.max(label.chunk(), Math.max(label.place(), label.localChunk())) <= MAX_CHUNK;
        return placed && (label.role() == Label.Role.STEP || label.microBatch() != -1);
    }
}
