/** What a stage span costs on one thread: calls of a method that does next to nothing, the best of several rounds. */
public final class AgentCost {

    private static final int CALLS = 2_000_000;
    private static final int ROUNDS = 12;

    private AgentCost() {}

    /** Prints nanoseconds a call. */
    public static void main(String[] args) {
        AgentCost cost = new AgentCost();
        double best = Double.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int call = 0; call < CALLS; call++) {
                sum += cost.stage(call & 3, call);
            }
            best = Math.min(best, (double) (System.nanoTime() - start) / CALLS);
        }
        System.out.printf("%s: %.1f ns a call (%d)%n", args[0], best, sum & 1);
    }

    int stage(int number, int microBatch) {
        return number ^ microBatch;
    }
}
