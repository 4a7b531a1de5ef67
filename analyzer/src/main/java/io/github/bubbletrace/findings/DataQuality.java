package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.attribution.Cause;
import java.util.Map;

/** Can these numbers be relied on? */
final class DataQuality implements Rule {

    private static final String ID = "data-quality";
    private static final double MOST_UNRESOLVED = 0.05;
    private static final double MOST_ERROR = 0.05;

    @Override
    public Answer examine(Subject subject) {
        double unresolved = subject.share(Cause.UNRESOLVED);
        Double error = subject.analysis().totals().predictionError();
        boolean unpredictable = error != null && error > MOST_ERROR;
        String predicted = error == null
                ? "the prediction error is unknown with one iteration"
                : "replays miss other iterations by " + Subject.percent(error);
        String text = Subject.percent(unresolved) + " of the window" + subject.inReplica() + " is unresolved, and "
                + predicted;
        if (unresolved <= MOST_UNRESOLVED && !unpredictable) {
            return Answer.passed(ID, text);
        }
        return Answer.found(new Finding(
                ID,
                unresolved > MOST_UNRESOLVED ? Severity.MEDIUM : Severity.LOW,
                text,
                0,
                0,
                Map.of("unresolved", unresolved, "predictionError", error == null ? "unknown" : error),
                "see the warnings; record whole, similar iterations of all ranks",
                "unresolved time and prediction error are below 5 %"));
    }
}
