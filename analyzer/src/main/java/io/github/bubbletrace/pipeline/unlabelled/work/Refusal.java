package io.github.bubbletrace.pipeline.unlabelled.work;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why a reading makes no pipeline.
 *
 * @param at the step that failed
 * @param reason what is wrong, and what to record where that helps; no sentence
 */
public record Refusal(Reached at, String reason) {

    /** That of the reading which came furthest, of several the first. */
    public static Optional<Refusal> furthest(List<Refusal> refusals) {
        return refusals.stream()
                .sorted(Comparator.comparing(Refusal::at).reversed())
                .findFirst();
    }

    /** The same with something before its reason. */
    public Refusal after(String before) {
        return new Refusal(at, before + reason);
    }
}
