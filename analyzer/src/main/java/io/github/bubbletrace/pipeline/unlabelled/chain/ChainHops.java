package io.github.bubbletrace.pipeline.unlabelled.chain;

import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations.Hop;
import java.util.Arrays;

/** The hops of a chain whose stages are all there. */
public final class ChainHops implements Hops {

    private final StageChain chain;
    private final Traffic traffic;
    private final Operations operations;

    /** The hops of {@code chain}. */
    public ChainHops(StageChain chain, Traffic traffic) {
        this.chain = chain;
        this.traffic = traffic;
        operations = traffic.operations();
    }

    @Override
    public int[] sends(int place, boolean forward) {
        return sends(chain.devices().get(place), forward ? chain.after(place) : chain.before(place), forward);
    }

    @Override
    public int[] receives(int place, boolean forward) {
        int[] sends = sends(
                forward ? chain.before(place) : chain.after(place),
                chain.devices().get(place),
                forward);
        return operations.byEnd(Arrays.stream(sends).map(operations::peer));
    }

    @Override
    public boolean isOfChunks() {
        return chain.isRing() && chain.returns();
    }

    /** In a ring of two both directions take the same way, and only names of ranges tell them apart. */
    private int[] sends(int sender, int receiver, boolean forward) {
        int[] all = forward || chain.returns() ? traffic.sends(sender, receiver) : new int[0];
        return chain.isRingOfTwo() ? named(all, forward ? Hop.FORWARD : Hop.BACKWARD) : all;
    }

    private int[] named(int[] rows, Hop hop) {
        return Arrays.stream(rows).filter(row -> operations.hop(row) == hop).toArray();
    }
}
