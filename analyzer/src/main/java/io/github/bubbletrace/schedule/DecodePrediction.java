package io.github.bubbletrace.schedule;

/**
 * The steady state of a decode loop. Where batches differ in size it is that of their mean.
 *
 * @param inFlight batches in flight, k
 * @param passIntervalNs between two batches at the same stage: max(slowest stage, (sum of the stages and hops) / k), the
 *     hop back to the first stage included; the draft model's time is the last stage's
 * @param tokenIntervalNs between two tokens of the same sequence: k times that over the tokens of a pass
 * @param tokensPerPass {@link Serving#tokensPerPass()}
 * @param starvation share of its time that the slowest stage waits for a batch
 */
public record DecodePrediction(
        int inFlight, long passIntervalNs, long tokenIntervalNs, double tokensPerPass, double starvation) {

    /**
     * The steady state of {@code schedule}.
     *
     * @param transferNs every hop's time between two devices
     */
    static DecodePrediction of(Schedule schedule, TaskTimes times, long transferNs) {
        int k = schedule.shape().inFlight();
        int chunks = schedule.shape().chunks();
        double slowest = 0;
        double round = chunks > 1 && schedule.shape().devices() > 1 ? (double) chunks * transferNs : 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            boolean drafts = chunk == chunks - 1 && schedule.shape().serving().drafted() > 0;
            double ns = times.meanSize() * (times.forwardNs() + (drafts ? times.draftNs() : 0));
            slowest = Math.max(slowest, ns);
            round += ns;
        }
        double interval = Math.max(slowest, round / k);
        double tokens = schedule.shape().serving().tokensPerPass();
        return new DecodePrediction(
                k,
                Math.round(interval),
                Math.round(interval * k / tokens),
                tokens,
                interval == 0 ? 0 : 1 - slowest / interval);
    }
}
