package io.github.bubbletrace.reports.page;

import io.github.bubbletrace.reports.RunInfo;
import io.github.bubbletrace.reports.markup.HtmlWriter;
import java.util.List;

/** How the numbers came about, so that a reader can check them. */
final class MethodSection {

    private static final List<String> SENTENCES = List.of(
            "A device is busy while at least one compute kernel runs on it, and idle otherwise. Busy and idle time sum to the "
                    + "window exactly, in whole nanoseconds. A receive kernel that waits for its peer is idle time.",
            "A window runs from the first task's start to the last task's end of one iteration, over all devices of a replica. "
                    + "bubble = idle time of all devices / (devices x window). What lies between windows is the step boundary and "
                    + "no part of the bubble.",
            "Every gap is split by five replays of the recorded order: with equal chunks (T0), then with each chunk's own speed "
                    + "(T1), each task's own duration (T2), the true transfers (T3) and the recorded delays (T4). What a step adds "
                    + "to a gap is that cause's part; the parts sum to the gap.",
            "Closed forms with p stages, m micro-batches and v chunks a device: naive (p-1)/p; GPipe and 1F1B (p-1)/(m+p-1); "
                    + "interleaved 1F1B (p-1)/(p-1+m v); forward-only (p-1)/(m+p-1). They hold for balanced stages without transfers "
                    + "and delays.",
            "The gain of a finding is 1 - replay without it / recorded. Gains overlap and must not be summed. Own lateness is how "
                    + "late a device's tasks start after device and inputs are ready: the culprit of a wait, where the cause names "
                    + "only the wait.");

    private MethodSection() {}

    static void write(HtmlWriter html, RunInfo run) {
        html.open("section", "aria-labelledby", "method").element("h2", "Method", "id", "method");
        SENTENCES.forEach(sentence -> html.element("p", sentence));
        html.open("p")
                .text("This report again: ")
                .element("code", run.command())
                .close();
        html.close();
    }
}
