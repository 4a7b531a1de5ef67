package io.github.bubbletrace.exports;

import io.github.bubbletrace.analysis.CauseTimes;
import io.github.bubbletrace.attribution.Cause;

/** Idle times of tests, which count in microseconds. */
final class Causes {

    /** Nanoseconds of a microsecond. */
    static final long US = 1000;

    private Causes() {}

    static CauseTimes idle() {
        return CauseTimes.NONE;
    }

    static CauseTimes idle(Cause cause, long us) {
        return CauseTimes.only(cause, us * US);
    }

    static CauseTimes idle(Cause first, long firstUs, Cause second, long secondUs) {
        return idle(first, firstUs).plus(idle(second, secondUs));
    }

    static CauseTimes idle(Cause first, long firstUs, Cause second, long secondUs, Cause third, long thirdUs) {
        return idle(first, firstUs, second, secondUs).plus(idle(third, thirdUs));
    }
}
