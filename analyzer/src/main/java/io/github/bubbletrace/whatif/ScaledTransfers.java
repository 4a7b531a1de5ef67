package io.github.bubbletrace.whatif;

/** Every transfer between stages takes a share of its time; what passes before both sides are there stays. */
final class ScaledTransfers implements JobChange {

    private final double share;

    ScaledTransfers(double share) {
        this.share = share;
    }

    @Override
    public String job() {
        return share == 0
                ? "hide all transfers between stages behind compute"
                : "make transfers between stages take " + Texts.number(share) + " of their time: a faster link, smaller"
                        + " activations";
    }

    @Override
    public StepChange costs(Job job) {
        return (replica, step) -> step.withTransfers(edge -> Math.round(step.transferNs(edge) * share));
    }
}
