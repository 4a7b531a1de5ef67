package io.github.bubbletrace.whatif;

/** One thing about a job that could be otherwise: what its tasks, transfers and launches cost, or what runs where and when. */
interface JobChange {

    /** What somebody has to do to the job for it. */
    String job();

    /** What cannot be known from the trace, or the empty text. */
    default String note() {
        return "";
    }

    /**
     * What it does to the costs of a recorded step.
     *
     * @throws RefusedChangeException where it makes no sense for {@code job}
     */
    default StepChange costs(Job job) {
        return (replica, step) -> step;
    }

    /**
     * What it does to the plan of the run.
     *
     * @throws RefusedChangeException where it makes no sense for {@code job}
     */
    default Plan plan(Plan plan, Job job) {
        return plan;
    }
}
