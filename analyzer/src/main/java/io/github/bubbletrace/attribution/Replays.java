package io.github.bubbletrace.attribution;

import io.github.bubbletrace.analysis.ReplayTimes;
import io.github.bubbletrace.replay.Replay;
import java.util.List;

/** The five replays R0 to R4 of one recorded window. Immutable. */
final class Replays {

    private final List<Replay> replays;

    Replays(RecordedRun run, Durations durations) {
        long[] free = new long[run.graph().edges()];
        long[] prompt = new long[run.graph().blocks()];
        replays = List.of(
                Replay.of(run.graph(), durations.sameForAllChunks(), free, prompt),
                Replay.of(run.graph(), durations.withFactors(), free, prompt),
                Replay.of(run.graph(), durations.own(), free, prompt),
                Replay.of(run.graph(), durations.own(), run.trueLagNs(), prompt),
                run.replayRecorded(durations.hulls()));
    }

    /** Replay number {@code k}, 0 to 4. */
    Replay get(int k) {
        return replays.get(k);
    }

    ReplayTimes makespans() {
        return new ReplayTimes(
                get(0).makespanNs(),
                get(1).makespanNs(),
                get(2).makespanNs(),
                get(3).makespanNs(),
                get(4).makespanNs());
    }

    /** Length of block {@code block} in replay {@code k}. */
    long lengthNs(int k, int block) {
        return get(k).blockEndNs(block) - get(k).blockStartNs(block);
    }
}
