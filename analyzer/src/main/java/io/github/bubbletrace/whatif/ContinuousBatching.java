package io.github.bubbletrace.whatif;

/**
 * Continuous batching: new batches take the places of finished ones, so that the loop neither drains nor fills. A step then
 * takes what as many passes add to a loop that runs: the recorded passes of two steps, less those of the first.
 */
final class ContinuousBatching implements JobChange {

    @Override
    public String job() {
        return "let new requests take the place of finished ones at every pass (continuous batching)";
    }

    @Override
    public String note() {
        return "supposed: requests always wait, prefill included in the recorded passes, each pass as long as recorded; what"
                + " finished sequences leave empty within a pass no trace shows";
    }

    @Override
    public Plan plan(Plan plan, Job job) {
        BatchesInFlight.requireDecode(job, "nearest: transfers=0");
        return plan.withDecoding(plan.decoding().continuous());
    }
}
