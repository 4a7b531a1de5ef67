package io.github.bubbletrace.cli;

import io.github.bubbletrace.analysis.Analysis;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Holds an analysis against the user's conditions. */
final class Gate {

    private Gate() {}

    /**
     * What {@code conditions} come to: exit status and the lines that say why, one for each condition that holds or cannot
     * be evaluated. A condition that holds for any replica outweighs one that cannot be evaluated.
     */
    record Outcome(int status, List<String> lines) {}

    static Outcome check(List<Condition> conditions, Analysis analysis) {
        List<Check> checks =
                conditions.stream().map(condition -> check(condition, analysis)).toList();
        int status = checks.stream().anyMatch(check -> check.status == ExitStatus.CONDITION_HOLDS)
                ? ExitStatus.CONDITION_HOLDS
                : checks.stream().mapToInt(Check::status).max().orElse(ExitStatus.DONE);
        return new Outcome(
                status,
                checks.stream()
                        .filter(check -> check.status != ExitStatus.DONE)
                        .map(Check::line)
                        .toList());
    }

    private record Check(int status, String line) {}

    private static Check check(Condition condition, Analysis analysis) {
        String option = "--fail-if '" + condition.text() + "'";
        PipelineAnalysis unknown = null;
        for (PipelineAnalysis replica : analysis.pipelines()) {
            OptionalDouble value = condition.value(replica);
            if (value.isPresent() && condition.holds(value.getAsDouble())) {
                return new Check(ExitStatus.CONDITION_HOLDS, option + " holds: " + found(condition, replica, value));
            }
            unknown = value.isPresent() ? unknown : replica;
        }
        if (analysis.pipelines().isEmpty()) {
            return new Check(ExitStatus.UNUSABLE, option + " cannot be evaluated: no pipeline was found");
        }
        if (unknown != null) {
            return new Check(ExitStatus.UNUSABLE, option + " cannot be evaluated: " + why(condition, unknown));
        }
        return new Check(ExitStatus.DONE, "");
    }

    private static String found(Condition condition, PipelineAnalysis replica, OptionalDouble value) {
        String number = String.format(Locale.ROOT, "%.4f", value.getAsDouble());
        return condition.quantity() + " is " + number + " in replica " + replica.replica();
    }

    private static String why(Condition condition, PipelineAnalysis replica) {
        return condition.quantity() + " is unknown in replica " + replica.replica()
                + (replica.totals().windowNs() == 0 ? "" : ", which takes two iterations that can be replayed");
    }
}
