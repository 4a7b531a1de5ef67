import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a stage span costs on one thread: calls of a method that does next to nothing, the best of several rounds; and what
 * a hand-over costs, a put and a take of a queue by a stage's thread. Prints nanoseconds of both.
 */
public final class AgentCost {

    private static final int CALLS = 2_000_000;
    private static final int ROUNDS = 12;

    private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();

    private AgentCost() {}

    /** Measures. */
    public static void main(String[] args) throws InterruptedException {
        AgentCost cost = new AgentCost();
        double call = Double.MAX_VALUE;
        double handOver = Double.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                sum += cost.stage(i & 3, i);
            }
            long between = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                cost.queue.put(cost);
                sum += cost.queue.take().hashCode() & 1;
            }
            call = Math.min(call, (double) (between - start) / CALLS);
            handOver = Math.min(handOver, (double) (System.nanoTime() - between) / CALLS);
        }
        System.out.printf("%.1f %.1f %d%n", call, handOver, sum & 1);
    }

    int stage(int number, int microBatch) {
        return number ^ microBatch;
    }
}
