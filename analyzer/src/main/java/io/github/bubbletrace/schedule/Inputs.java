package io.github.bubbletrace.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which tasks a task waits for, by the rules of pipeline parallelism: F(c) needs F(c-1); B(last) needs F(last); B(c)
 * needs B(c+1) and its own F, and its own R where there is one; R needs its own F; W needs its own B; a draft needs the
 * pass of its batch on the same chunk. In decode the first chunk of batch n needs the last chunk of batch n - k, and its draft.
 *
 * @param chunks how many chunks the pipeline has
 * @param chain how many of them a micro-batch passes: all, or in DualPipe one half, for each direction has its own copy
 *     of the model
 * @param inFlight k in decode; 0 where nothing feeds back
 */
public record Inputs(int chunks, int chain, int inFlight) {

    /** Of a batch on the last chunk: the draft comes after the pass, and what feeds back is the later one. */
    private static final List<Phase> FORWARDS = List.of(Phase.S, Phase.V, Phase.D, Phase.P, Phase.F);

    private static final List<Phase> DRAFTED = List.of(Phase.V, Phase.D, Phase.P, Phase.F);

    /** Rules of a pipeline that every micro-batch passes once from the first chunk to the last. */
    public Inputs(int chunks) {
        this(chunks, chunks, 0);
    }

    /** The same rules with {@code k} batches in flight. */
    public Inputs feedingBack(int k) {
        return new Inputs(chunks, chain, k);
    }

    /**
     * The actions that {@code action} needs, nearest neighbour first.
     *
     * @param present the actions that exist; inputs outside it are left out
     */
    public List<Action> of(Action action, Set<Action> present) {
        List<Action> inputs = new ArrayList<>(2);
        visit(action, present::contains, inputs::add);
        return inputs;
    }

    /**
     * Hands what {@code action} needs to {@code found}, nearest neighbour first.
     *
     * @param exists tells the actions that there are; others are left out
     * @return whether there is all that the action cannot do without
     */
    boolean visit(Action action, Predicate<Action> exists, Consumer<Action> found) {
        boolean isDraft = action.phase() == Phase.S;
        boolean isComplete = !isDraft;
        for (Action candidate : candidates(action)) {
            if (exists.test(candidate)) {
                found.accept(candidate);
                isComplete |= isDraft;
            } else {
                isComplete &= isDraft || candidate.phase() == Phase.R;
            }
        }
        Optional<Action> batch = feedback(action);
        if (batch.isEmpty()) {
            return isComplete;
        }
        Optional<Action> pass = anyForward(batch.get(), exists);
        pass.ifPresent(found);
        return isComplete && pass.isPresent();
    }

    /** An action that {@code action} cannot do without and that is not among {@code present}. */
    public Optional<Action> missing(Action action, Set<Action> present) {
        List<Action> candidates = candidates(action);
        if (action.phase() == Phase.S) {
            return candidates.stream().anyMatch(present::contains) ? Optional.empty() : Optional.of(candidates.get(0));
        }
        for (Action candidate : candidates) {
            if (candidate.phase() != Phase.R && !present.contains(candidate)) {
                return Optional.of(candidate);
            }
        }
        return feedback(action)
                .filter(batch -> anyForward(batch, present::contains).isEmpty());
    }

    /** Every action of the same micro-batch that {@code action} could wait for, whether it exists in a trace or not. */
    public List<Action> candidates(Action action) {
        int c = action.chunk();
        int mb = action.microBatch();
        return switch (action.phase()) {
            case S -> DRAFTED.stream().map(phase -> new Action(phase, c, mb)).toList();
            case F, P, D, V -> isFirst(c) ? List.of() : List.of(new Action(action.phase(), c - 1, mb));
            case B ->
                isLast(c)
                        ? List.of(new Action(Phase.F, c, mb), new Action(Phase.R, c, mb))
                        : List.of(
                                new Action(Phase.B, c + 1, mb), new Action(Phase.F, c, mb), new Action(Phase.R, c, mb));
            case R -> List.of(new Action(Phase.F, c, mb));
            case W -> List.of(new Action(Phase.B, c, mb));
        };
    }

    /** The last chunk of the batch that holds the previous token; as decode, whatever its phase is. */
    private Optional<Action> feedback(Action action) {
        int before = action.microBatch() - inFlight;
        boolean pass = action.phase().isForward() && action.phase() != Phase.S;
        boolean feeds = inFlight > 0 && pass && isFirst(action.chunk()) && before >= 0;
        return feeds ? Optional.of(new Action(Phase.D, action.chunk() + chain - 1, before)) : Optional.empty();
    }

    private static Optional<Action> anyForward(Action batch, Predicate<Action> exists) {
        return FORWARDS.stream()
                .map(phase -> new Action(phase, batch.chunk(), batch.microBatch()))
                .filter(exists)
                .findFirst();
    }

    private boolean isFirst(int chunk) {
        return chunk % chain == 0;
    }

    private boolean isLast(int chunk) {
        return chunk % chain == chain - 1;
    }
}
