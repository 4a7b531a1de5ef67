package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.Communicator;
import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import io.github.bubbletrace.trace.Message;
import io.github.bubbletrace.trace.TraceBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * NCCL kernels with what their arguments say: their group of ranks, the peer, how much they move. They wait for the end
 * of the file, as the list of groups may stand there.
 */
final class NcclEvents {

    private final TraceBuilder builder;
    private final Groups groups = new Groups();
    private final IntColumn kernel = new IntColumn();
    private final IntColumn kind = new IntColumn();
    private final IntColumn group = new IntColumn();
    private final IntColumn description = new IntColumn();
    private final IntColumn size = new IntColumn();
    private final IntColumn ranks = new IntColumn();
    private final IntColumn peer = new IntColumn();
    private final LongColumn bytes = new LongColumn();

    NcclEvents(TraceBuilder builder) {
        this.builder = builder;
    }

    Groups groups() {
        return groups;
    }

    /** Notes what the kernel in {@code row} says; -1 is no kernel. */
    void add(int row, NcclArguments said) {
        if (row < 0 || (said.collective < 0 && said.group < 0 && said.type < 0)) {
            return;
        }
        Message.Kind found = kind(text(said.collective));
        kernel.add(row);
        kind.add(found.ordinal());
        group.add(said.group);
        description.add(said.description);
        size.add(said.size);
        ranks.add(said.ranks);
        peer.add(found == Message.Kind.SEND ? said.target : found == Message.Kind.RECV ? said.source : -1);
        bytes.add(bytes(said));
    }

    /** Describes the kernels to the trace. */
    void write() {
        Map<List<Integer>, Communicator> known = new HashMap<>();
        for (int i = 0; i < kernel.size(); i++) {
            int row = i;
            List<Integer> said = List.of(group.get(i), description.get(i), size.get(i), ranks.get(i));
            Communicator own = group.get(i) < 0 ? null : known.computeIfAbsent(said, s -> communicator(row));
            int number = own == null ? -1 : builder.communicator(own);
            int member = own == null || peer.get(i) < 0 ? -1 : own.memberOf(peer.get(i));
            builder.describeKernel(
                    kernel.get(i),
                    new Message(Message.Kind.values()[kind.get(i)], number, peer.get(i), member, bytes.get(i)));
        }
    }

    private Communicator communicator(int i) {
        return groups.group(text(group.get(i)), text(description.get(i)), size.get(i), text(ranks.get(i)));
    }

    private static Message.Kind kind(String collective) {
        String plain = collective.toLowerCase(Locale.ROOT);
        if (plain.isBlank() || plain.contains("coalesce")) {
            return Message.Kind.UNKNOWN;
        }
        boolean send = plain.contains("send");
        boolean receive = plain.contains("recv");
        return send && receive
                ? Message.Kind.UNKNOWN
                : send ? Message.Kind.SEND : receive ? Message.Kind.RECV : Message.Kind.COLLECTIVE;
    }

    /** The larger side: a gather sends one part and receives all, a scatter the other way. */
    private long bytes(NcclArguments said) {
        long elements = Math.max(said.sent, said.received);
        int width = ElementTypes.bytes(text(said.type));
        return elements < 0 || width < 0 || elements > Long.MAX_VALUE / width ? -1 : elements * width;
    }

    private String text(int id) {
        return id < 0 ? "" : builder.strings().get(id);
    }
}
