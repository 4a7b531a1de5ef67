package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.Communicator;
import io.github.bubbletrace.trace.Message;
import io.github.bubbletrace.trace.MessageTable;
import io.github.bubbletrace.trace.Trace;
import java.util.Locale;

/** What a trace says of a point-to-point kernel beyond its times: the kernel itself, or NCCL's range around its launch. */
final class Payloads {

    private final MessageTable messages;

    Payloads(Trace trace) {
        messages = trace.messages();
    }

    /** The row that describes a kernel launched in {@code range}, or -1; {@code range} is -1 where there is none. */
    int of(int kernel, int range) {
        int row = messages.ofKernel(kernel);
        return row >= 0 || range < 0 ? row : messages.ofRange(range);
    }

    /** The row that describes a range, or -1; {@code range} is -1 where there is none. */
    int ofRange(int range) {
        return range < 0 ? -1 : messages.ofRange(range);
    }

    /** Name of the group of ranks in which it takes place; empty where only one is named by nothing. */
    String group(int row) {
        int number = messages.communicator(row);
        return number < 0 ? "" : messages.communicators().get(number).name();
    }

    /** The number of its group of ranks in the file, or -1. */
    int communicator(int row) {
        return messages.communicator(row);
    }

    /** Place of the other side in the group, or -1. */
    int member(int row) {
        return messages.member(row);
    }

    /** Whether it says that a kernel only sends, or only receives. */
    TransferOps.Direction direction(int row) {
        return switch (messages.kind(row)) {
            case SEND -> TransferOps.Direction.SEND;
            case RECV -> TransferOps.Direction.RECV;
            case UNKNOWN, COLLECTIVE -> TransferOps.Direction.UNKNOWN;
        };
    }

    /** Whether a row, -1 for none, says that a kernel only sends, or only receives. */
    boolean does(int row, boolean send) {
        return row >= 0 && messages.kind(row) == (send ? Message.Kind.SEND : Message.Kind.RECV);
    }

    /** How much it moves, or -1; {@code row} is -1 where nothing is said. */
    long bytes(int row) {
        return row < 0 ? -1 : messages.bytes(row);
    }

    /** Global rank of the other side, or -1. */
    int peer(int row) {
        int named = messages.peer(row);
        int communicator = messages.communicator(row);
        return named >= 0 || communicator < 0
                ? named
                : messages.communicators().get(communicator).rankOf(messages.member(row));
    }

    /**
     * What is the same for the groups of ranks that serve one purpose, whatever ranks they have: what the program calls
     * them, else their size and the step between their ranks. Empty where the trace does not say.
     */
    String purpose(int row) {
        int number = messages.communicator(row);
        if (number < 0 || messages.kind(row) == Message.Kind.COLLECTIVE) {
            return "";
        }
        Communicator group = messages.communicators().get(number);
        if (!group.description().isEmpty()) {
            return group.description().toLowerCase(Locale.ROOT);
        }
        int step = group.ranks().size() < 2
                ? 0
                : group.ranks().get(1) - group.ranks().get(0);
        return group.size() < 0 && step == 0 ? "" : "groups of " + group.size() + ", " + step + " apart";
    }
}
