package io.github.bubbletrace.format;

import io.github.bubbletrace.trace.MessageTable;
import io.github.bubbletrace.trace.Trace;
import java.util.StringJoiner;

/** All that a trace holds, as text, so that two can be compared. */
final class TraceText {

    private final Trace trace;
    private final StringJoiner text = new StringJoiner("\n");

    private TraceText(Trace trace) {
        this.trace = trace;
    }

    static String of(Trace trace) {
        TraceText all = new TraceText(trace);
        all.text.add(trace.source().toString());
        all.text.add(trace.log().warnings().toString());
        all.addKernels();
        all.addCopies();
        all.addCallsAndRanges();
        all.addMessages();
        return all.text.toString();
    }

    private void add(Object... values) {
        StringJoiner line = new StringJoiner(" ");
        for (Object value : values) {
            line.add(String.valueOf(value));
        }
        text.add(line.toString());
    }

    private void addKernels() {
        for (int k = 0; k < trace.kernels().size(); k++) {
            add(
                    "kernel",
                    trace.kernels().startNs(k),
                    trace.kernels().endNs(k),
                    process(trace.kernels().process(k)),
                    trace.kernels().gpu(k),
                    trace.kernels().stream(k),
                    trace.kernels().correlation(k),
                    trace.strings().get(trace.kernels().name(k)));
        }
    }

    private void addCopies() {
        for (int c = 0; c < trace.copies().size(); c++) {
            add(
                    "copy",
                    trace.copies().startNs(c),
                    trace.copies().endNs(c),
                    process(trace.copies().process(c)),
                    trace.copies().gpu(c),
                    trace.copies().stream(c),
                    trace.copies().correlation(c),
                    trace.copies().source(c),
                    trace.copies().target(c),
                    trace.copies().kind(c));
        }
    }

    private void addCallsAndRanges() {
        for (int c = 0; c < trace.calls().size(); c++) {
            add(
                    "call",
                    trace.calls().startNs(c),
                    trace.calls().thread(c),
                    trace.calls().correlation(c));
        }
        for (int r = 0; r < trace.ranges().size(); r++) {
            add(
                    "range",
                    trace.ranges().startNs(r),
                    trace.ranges().endNs(r),
                    trace.ranges().thread(r),
                    trace.strings().get(trace.ranges().text(r)));
        }
    }

    private void addMessages() {
        MessageTable messages = trace.messages();
        for (int m = 0; m < messages.size(); m++) {
            add("message", messages.kind(m), messages.communicator(m), messages.peer(m), messages.bytes(m));
        }
        text.add(messages.communicators().toString());
    }

    private String process(int process) {
        return process + "=rank" + trace.processes().rank(process);
    }
}
