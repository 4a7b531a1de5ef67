package io.github.bubbletrace.schedule;

/**
 * The steady state of a decode loop.
 *
 * @param inFlight batches in flight, k
 * @param passIntervalNs between two batches at the same stage: max(slowest stage, (sum of the stages and hops) / k), the
 *     hop back to the first stage included
 * @param tokenIntervalNs between two passes of the same sequence: k times that
 * @param starvation share of its time that the slowest stage waits for a batch
 */
public record DecodePrediction(int inFlight, long passIntervalNs, long tokenIntervalNs, double starvation) {

    /**
     * The steady state of {@code schedule}.
     *
     * @param transferNs every hop's time between two devices
     */
    static DecodePrediction of(Schedule schedule, TaskTimes times, long transferNs) {
        int k = schedule.shape().inFlight();
        int chunks = schedule.shape().chunks();
        long slowest = 0;
        long round = chunks > 1 && schedule.shape().devices() > 1 ? chunks * transferNs : 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            long ns = times.ofNs(new Action(Phase.D, chunk, 0), schedule);
            slowest = Math.max(slowest, ns);
            round += ns;
        }
        double interval = Math.max((double) slowest, (double) round / k);
        return new DecodePrediction(
                k, Math.round(interval), Math.round(interval * k), interval == 0 ? 0 : 1 - slowest / interval);
    }
}
