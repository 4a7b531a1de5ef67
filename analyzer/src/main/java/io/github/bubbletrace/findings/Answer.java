package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Check;
import io.github.bubbletrace.analysis.Finding;
import java.util.List;

/**
 * What a rule says: findings, or a check that passed or does not apply.
 *
 * @param findings none where a check is given
 * @param checks one where nothing was found
 */
record Answer(List<Finding> findings, List<Check> checks) {

    static Answer found(Finding finding) {
        return new Answer(List.of(finding), List.of());
    }

    static Answer passed(String id, String text) {
        return new Answer(List.of(), List.of(new Check(id, Check.Status.PASSED, text)));
    }

    static Answer notApplicable(String id, String text) {
        return new Answer(List.of(), List.of(new Check(id, Check.Status.NOT_APPLICABLE, text)));
    }
}
