package io.github.bubbletrace.pipeline.label;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Iteration marks: {@code step 3}, {@code iter 3}, {@code iteration 3}, {@code ProfilerStep#3}, {@code iter_0_3}. */
final class StepForm implements LabelForm {

    private static final Pattern STEP =
            Pattern.compile("(?:step|iter|iteration|train_step|ProfilerStep)[ #:=_]+(\\d+)(?:_(\\d+))?");

    @Override
    public List<Label> parse(String text) {
        Matcher step = STEP.matcher(text);
        if (!step.matches()) {
            return List.of();
        }
        int number = Numbers.parse(step.group(2) == null ? step.group(1) : step.group(2));
        return number < 0 ? List.of() : List.of(Label.step(number));
    }
}
