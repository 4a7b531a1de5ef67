package io.github.bubbletrace.whatif;

/** A change that makes no sense for a run. */
final class RefusedChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String nearest;

    /** The change is refused because of {@code why}; {@code nearest} says what could be asked instead. */
    RefusedChangeException(String why, String nearest) {
        super(why);
        this.nearest = nearest;
    }

    /** What could be asked instead. */
    String nearest() {
        return nearest;
    }
}
