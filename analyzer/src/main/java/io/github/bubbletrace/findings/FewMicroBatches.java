package io.github.bubbletrace.findings;

import io.github.bubbletrace.analysis.Finding;
import io.github.bubbletrace.analysis.PipelineAnalysis;
import io.github.bubbletrace.analysis.Severity;
import io.github.bubbletrace.schedule.ClosedForms;
import io.github.bubbletrace.schedule.ScheduleKind;
import io.github.bubbletrace.schedule.Shape;
import java.util.Map;
import java.util.Optional;

/** Would more micro-batches shrink the bubble that the schedule itself has? A property of the plan, never a fault. */
final class FewMicroBatches implements Rule {

    private static final String ID = "few-micro-batches";
    private static final double SMALL = 0.10;

    @Override
    public Answer examine(Subject subject) {
        PipelineAnalysis pipeline = subject.analysis();
        Optional<ScheduleKind> kind = ScheduleKind.of(pipeline.schedule().kind());
        if (kind.isEmpty()
                || pipeline.microBatches() == null
                || pipeline.totals().closedFormBubble() == null) {
            return Answer.notApplicable(ID, "no closed form is known for this schedule");
        }
        double formula = pipeline.totals().closedFormBubble();
        int more = 2 * pipeline.microBatches();
        Shape doubled = new Shape(pipeline.stages(), pipeline.chunksPerDevice(), more);
        double then = ClosedForms.bubble(kind.get(), doubled).orElse(formula);
        if (formula < SMALL || then >= formula) {
            return Answer.passed(ID, "the schedule's own bubble is " + Subject.percent(formula));
        }
        return Answer.found(new Finding(
                ID,
                Severity.INFO,
                pipeline.microBatches() + " micro-batches" + subject.inReplica() + " on " + pipeline.stages()
                        + " stages cost " + Subject.percent(formula) + " by formula; " + more + " would cost "
                        + Subject.percent(then),
                0,
                0,
                Map.of("microBatches", pipeline.microBatches(), "formula", formula, "formulaWithTwice", then),
                "use more micro-batches a step (smaller ones, or a larger global batch), fewer stages, or an"
                        + " interleaved or zero-bubble schedule",
                "the formula of the new plan: bubbletrace predict"));
    }
}
