package io.github.bubbletrace.pipeline.label;

import io.github.bubbletrace.schedule.Phase;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ranges of inference engines, one a scheduled batch and rank: vLLM's {@code execute_context_2(512)_generation_6(6)} and
 * the older {@code execute_new_2_cached_6}; TensorRT-LLM's {@code [Executor] _forward_step 17: 0 ctx reqs, 8 gen reqs}.
 * A batch of prefill alone is P, of decode alone D, of both F.
 */
final class InferenceForm implements LabelForm {

    private static final Pattern CONTEXT =
            Pattern.compile("execute_context_(\\d+)\\(\\d+\\)_generation_(\\d+)\\(\\d+\\)");
    private static final Pattern NEW = Pattern.compile("execute_new_(\\d+)_cached_(\\d+)");
    private static final Pattern STEP = Pattern.compile(
            "\\[Executor\\] _forward_step (\\d+): (\\d+) ctx reqs, (?:\\d+ ctx tokens, )?(\\d+) gen reqs");

    @Override
    public List<Label> parse(String text) {
        if (!text.startsWith("execute_") && !text.startsWith("[Executor]")) {
            return List.of();
        }
        for (Pattern pattern : List.of(CONTEXT, NEW)) {
            Matcher batch = pattern.matcher(text);
            if (batch.matches()) {
                return List.of(Label.task(phase(batch.group(1), batch.group(2)), Label.ORDINAL));
            }
        }
        Matcher step = STEP.matcher(text);
        return step.matches()
                ? List.of(Label.task(phase(step.group(2), step.group(3)), Numbers.parse(step.group(1))))
                : List.of();
    }

    private static Phase phase(String prefills, String decodes) {
        boolean prefill = Numbers.parse(prefills) != 0;
        boolean decode = Numbers.parse(decodes) != 0;
        return prefill && decode ? Phase.F : prefill ? Phase.P : Phase.D;
    }
}
