package io.github.bubbletrace.pipeline.unlabelled;

/** What any stage may do next, whoever its neighbours are. Immutable. */
final class AnyTurns implements TurnRules {

    private static final int IDLE = 1;
    private static final int CAME = 2;
    private static final int COMPUTED = 4;
    private static final int BEGUN = 8;

    private final LaunchOrder order;
    private final int device;
    private final boolean idles;

    AnyTurns(LaunchOrder order, int device, boolean idles) {
        this.order = order;
        this.device = device;
        this.idles = idles;
    }

    @Override
    public int begin() {
        return IDLE;
    }

    @Override
    public int end() {
        return IDLE | COMPUTED;
    }

    @Override
    public int work(int states, int k) {
        if (!order.works(device, k)) {
            return states;
        }
        int next = states & (COMPUTED | BEGUN);
        next |= (states & CAME) != 0 ? COMPUTED : 0;
        next |= (states & IDLE) != 0 ? BEGUN | (idles ? IDLE : 0) : 0;
        return next;
    }

    @Override
    public int out(int states, int neighbour) {
        return (states & (COMPUTED | BEGUN)) == 0 ? 0 : IDLE;
    }

    @Override
    public int in(int states, int neighbour) {
        return (states & (IDLE | COMPUTED)) == 0 ? 0 : CAME;
    }

    @Override
    public int inAfterOut(int states, int neighbour) {
        return in(states, neighbour);
    }
}
