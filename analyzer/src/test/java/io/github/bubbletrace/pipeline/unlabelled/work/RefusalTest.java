package io.github.bubbletrace.pipeline.unlabelled.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of several readings the one that came furthest says why there is no pipeline. */
class RefusalTest {

    private static final Refusal CHAIN = new Refusal(Reached.TASKS, "a chain");
    private static final Refusal FOLDED = new Refusal(Reached.TASKS, "a V");
    private static final Refusal PAIR = new Refusal(Reached.MICRO_BATCHES, "a ring of two");

    @Test
    void theFurthestSpeaksAndOfSeveralTheFirst() {
        assertThat(Refusal.furthest(List.of())).isEmpty();
        assertThat(Refusal.furthest(List.of(CHAIN, FOLDED))).contains(CHAIN);
        assertThat(Refusal.furthest(List.of(CHAIN, PAIR, FOLDED))).contains(PAIR);
        NoPipelineException chain = new NoPipelineException(CHAIN);
        NoPipelineException pair = new NoPipelineException(PAIR);
        assertThat(chain.orFurther(new NoPipelineException(FOLDED))).isSameAs(chain);
        assertThat(chain.orFurther(pair)).isSameAs(pair);
        assertThat(pair.orFurther(chain)).isSameAs(pair);
    }

    /** A part of a step came as far as that, or further where it says so. */
    @ParameterizedTest
    @EnumSource
    void aStepNeverTakesBack(Reached step) {
        for (Reached own : Reached.values()) {
            NoPipelineException refused = catchThrowableOfType(
                    NoPipelineException.class,
                    () -> step.in(() -> {
                        throw new NoPipelineException(new Refusal(own, "why"));
                    }));
            assertThat(refused.refusal()).isEqualTo(new Refusal(own.compareTo(step) > 0 ? own : step, "why"));
        }
    }
}
