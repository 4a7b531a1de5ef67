package io.github.bubbletrace;

import io.github.bubbletrace.attribution.WindowRun;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.ImportLog;
import io.github.bubbletrace.trace.Oddity;
import java.util.List;

/**
 * The windows of one replica that an analysis shows and counts.
 *
 * @param shown windows in the document, in time order
 * @param skipped how many of them, from the first, are left out of the totals
 */
record ChosenWindows(List<WindowRun> shown, int skipped) {

    /**
     * What {@code selection} leaves of {@code windows}.
     *
     * @throws UnusableInputException where it leaves nothing to count
     */
    static ChosenWindows of(List<WindowRun> windows, IterationSelection selection, ImportLog log) {
        List<WindowRun> shown = windows.stream()
                .filter(w -> selection.contains(w.window().index()))
                .toList();
        if (shown.isEmpty()) {
            throw new UnusableInputException(
                    "--iterations " + selection.range(), "no iteration is in it", "the trace has " + range(windows));
        }
        log.count(Oddity.ITERATIONS_NOT_CHOSEN, windows.size() - (long) shown.size());
        return new ChosenWindows(shown, skipped(shown, selection, log));
    }

    /** The windows that count. */
    List<WindowRun> counted() {
        return shown.subList(skipped, shown.size());
    }

    private static int skipped(List<WindowRun> shown, IterationSelection selection, ImportLog log) {
        if (selection.skip() == null) {
            int warmUp = selection.isWhole()
                    ? WarmUp.iterations(
                            shown.stream().map(w -> w.window().lengthNs()).toList())
                    : 0;
            log.count(Oddity.WARM_UP_ITERATIONS, warmUp);
            return warmUp;
        }
        if (selection.skip() >= shown.size()) {
            throw new UnusableInputException(
                    "--skip " + selection.skip(), "no iteration is left to count", "there are " + range(shown));
        }
        log.count(Oddity.ITERATIONS_SKIPPED, selection.skip());
        return selection.skip();
    }

    private static String range(List<WindowRun> windows) {
        int first = windows.get(0).window().index();
        int last = windows.get(windows.size() - 1).window().index();
        return windows.size() == 1
                ? "iteration " + first + " only"
                : windows.size() + " iterations, numbered " + first + " to " + last;
    }
}
