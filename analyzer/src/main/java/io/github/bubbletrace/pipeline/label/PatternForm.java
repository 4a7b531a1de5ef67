package io.github.bubbletrace.pipeline.label;

import io.github.bubbletrace.pipeline.label.Label.Role;
import io.github.bubbletrace.schedule.Phase;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A team's own range names: a regular expression with the named groups phase, stage, mb and it, any of them absent. */
final class PatternForm implements LabelForm {

    private final Pattern pattern;

    PatternForm(Pattern pattern) {
        this.pattern = pattern;
    }

    @Override
    public List<Label> parse(String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return List.of();
        }
        Optional<String> word = group(matcher, "phase");
        Optional<Phase> phase = word.isPresent() ? word.flatMap(PhaseWords::phase) : Optional.of(Phase.F);
        int microBatch = group(matcher, "mb").map(Numbers::parse).orElse(Label.ORDINAL);
        return phase.filter(p -> microBatch != -1)
                .map(p -> List.of(new Label(
                        Role.TASK, p, number(matcher, "stage"), -1, -1, microBatch, number(matcher, "it"), -1, -1)))
                .orElse(List.of());
    }

    private static int number(Matcher matcher, String name) {
        return group(matcher, name).map(Numbers::parse).orElse(-1);
    }

    private static Optional<String> group(Matcher matcher, String name) {
        return hasGroup(matcher.pattern(), name) ? Optional.ofNullable(matcher.group(name)) : Optional.empty();
    }

    /** Asked of the expression's text: JDK 17 has no list of a pattern's groups. */
    private static boolean hasGroup(Pattern pattern, String name) {
        return pattern.pattern().contains("(?<" + name + ">");
    }
}
