package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which tasks a task waits for, by the rules of pipeline parallelism: F(c) needs F(c-1); B(last) needs F(last); B(c)
 * needs B(c+1) and its own F, and its own R where there is one; R needs its own F; W needs its own B.
 *
 * @param chunks how many chunks the pipeline has
 */
public record Inputs(int chunks) {

    /**
     * The actions that {@code action} needs, nearest neighbour first.
     *
     * @param present the actions that exist; inputs outside it are left out, except that a missing recomputation is
     *     simply none
     */
    public List<Action> of(Action action, Set<Action> present) {
        List<Action> inputs = new ArrayList<>(2);
        for (Action candidate : candidates(action)) {
            if (present.contains(candidate)) {
                inputs.add(candidate);
            }
        }
        return inputs;
    }

    /** Every action that {@code action} could wait for, whether it exists in a trace or not. */
    public List<Action> candidates(Action action) {
        int c = action.chunk();
        int mb = action.microBatch();
        return switch (action.phase()) {
            case F, P, D -> c == 0 ? List.of() : List.of(new Action(action.phase(), c - 1, mb));
            case B ->
                c == chunks - 1
                        ? List.of(new Action(Phase.F, c, mb), new Action(Phase.R, c, mb))
                        : List.of(
                                new Action(Phase.B, c + 1, mb), new Action(Phase.F, c, mb), new Action(Phase.R, c, mb));
            case R -> List.of(new Action(Phase.F, c, mb));
            case W -> List.of(new Action(Phase.B, c, mb));
        };
    }
}
