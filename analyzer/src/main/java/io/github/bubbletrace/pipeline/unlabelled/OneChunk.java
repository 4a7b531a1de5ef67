package io.github.bubbletrace.pipeline.unlabelled;

import io.github.bubbletrace.pipeline.unlabelled.cut.Stage;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.trace.IntColumn;

/**
 * Whether a stage between others holds one chunk of the model: of several each would count as more micro-batches. With one
 * no more forwards are in flight on it than there are stages from it on, but where all forwards of a step run before all
 * backwards; and those that are a multiple of the stages may be the passes of several chunks.
 */
final class OneChunk {

    private OneChunk() {}

    /**
     * Looks at one stage's order.
     *
     * @param seat its place, from 0
     * @param stages how many there are
     * @throws NoPipelineException where it may hold several chunks
     */
    static void require(Stage stage, int seat, int stages) throws NoPipelineException {
        IntColumn runs = new IntColumn();
        int most = mostInFlight(stage, runs);
        boolean flushes = isSame(runs);
        boolean several = flushes ? runs.get(0) % stages == 0 && runs.get(0) > stages : most > stages - seat;
        if (stage.tasks(false).size() > 0 && several) {
            throw new NoPipelineException(
                    "whether the stages in the trace hold one chunk each or several does not show");
        }
    }

    /** How many forwards run before their backwards at most; adds the numbers of forwards, then backwards, in a row. */
    private static int mostInFlight(Stage stage, IntColumn runs) {
        int b = 0;
        int most = 0;
        int inRow = 0;
        int backwards = stage.tasks(false).size();
        for (int f = 0; f < stage.tasks(true).size(); f++) {
            int before = b;
            while (b < backwards && stage.startNs(false, b) < stage.startNs(true, f)) {
                b++;
            }
            if (b > before) {
                runs.add(inRow);
                runs.add(b - before);
                inRow = 0;
            }
            inRow++;
            most = Math.max(most, f + 1 - b);
        }
        runs.add(inRow);
        runs.add(backwards - b);
        return most;
    }

    private static boolean isSame(IntColumn runs) {
        for (int i = 1; i < runs.size(); i++) {
            if (runs.get(i) != runs.get(0)) {
                return false;
            }
        }
        return runs.get(0) > 1;
    }
}
