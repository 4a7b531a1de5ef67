package io.github.bubbletrace;

/**
 * Which iterations of each replica an analysis is about, by their numbers in the document. Iterations outside the range
 * are left out of the document; skipped ones stay in it, and out of the totals.
 *
 * @param from first number
 * @param to number after the last one
 * @param skip how many leading iterations of the range are left out of the totals, or null for the warm-up rule; the rule
 *     holds for the whole trace only
 */
public record IterationSelection(int from, int to, Integer skip) {

    /** All iterations, warm-up by the rule. */
    public static final IterationSelection ALL = new IterationSelection(Integer.MIN_VALUE, Integer.MAX_VALUE, null);

    /** @throws IllegalArgumentException where the range is empty or {@code skip} is negative */
    public IterationSelection {
        if (from >= to) {
            throw new IllegalArgumentException("no number is in the range");
        }
        if (skip != null && skip < 0) {
            throw new IllegalArgumentException("a number to skip must not be negative");
        }
    }

    /** The same skip in another range. */
    public IterationSelection within(int newFrom, int newTo) {
        return new IterationSelection(newFrom, newTo, skip);
    }

    /** The same range with another skip. */
    public IterationSelection skipping(int count) {
        return new IterationSelection(from, to, count);
    }

    /** Whether no range is given. */
    boolean isWhole() {
        return from == ALL.from && to == ALL.to;
    }

    /** Whether somebody says which iterations count. */
    boolean isChosen() {
        return skip != null || !isWhole();
    }

    boolean contains(int number) {
        return number >= from && number < to;
    }

    /** The range as the user wrote it: {@code 3:10}, {@code 3:} or {@code :10}. */
    String range() {
        return (from == ALL.from ? "" : "" + from) + ':' + (to == ALL.to ? "" : "" + to);
    }
}
