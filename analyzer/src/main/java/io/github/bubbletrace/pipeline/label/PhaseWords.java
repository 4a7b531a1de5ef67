package io.github.bubbletrace.pipeline.label;

import io.github.bubbletrace.schedule.Phase;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Words for phases, in any case. */
final class PhaseWords {

    private static final Map<String, Phase> WORDS = Map.ofEntries(
            Map.entry("f", Phase.F),
            Map.entry("fwd", Phase.F),
            Map.entry("forward", Phase.F),
            Map.entry("b", Phase.B),
            Map.entry("i", Phase.B),
            Map.entry("bwd", Phase.B),
            Map.entry("backward", Phase.B),
            Map.entry("w", Phase.W),
            Map.entry("wgrad", Phase.W),
            Map.entry("weight", Phase.W),
            Map.entry("r", Phase.R),
            Map.entry("recompute", Phase.R),
            Map.entry("p", Phase.P),
            Map.entry("prefill", Phase.P),
            Map.entry("d", Phase.D),
            Map.entry("decode", Phase.D),
            Map.entry("v", Phase.V),
            Map.entry("verify", Phase.V),
            Map.entry("s", Phase.S),
            Map.entry("draft", Phase.S));

    private PhaseWords() {}

    static Optional<Phase> phase(String word) {
        return Optional.ofNullable(WORDS.get(word.toLowerCase(Locale.ROOT)));
    }
}
