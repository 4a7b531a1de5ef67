package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.format.sqlite.Wanted;
import io.github.bubbletrace.trace.Communicator;
import io.github.bubbletrace.trace.Message;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.TraceBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What NCCL's ranges carry: bytes whose layout the export describes, or JSON, in the row or in the table of strings. The
 * calls that make and end communicators say which place each rank has in them.
 */
final class NcclRanges {

    private static final String PREFIX = "nccl";
    private static final int MOST_MEMBERS = 1 << 24;

    /** The columns of a payload. */
    static final List<Wanted> COLUMNS =
            List.of(Wanted.rareLongs("jsonTextId"), Wanted.rareBytes("jsonText"), Wanted.rareBytes("binaryData"));

    private final TraceBuilder builder;
    private final NsysStrings strings;
    private final PayloadSchemas schemas;
    private final ColumnBlock rows;
    private final int firstColumn;
    private long unreadable;

    /** @param firstColumn which of the columns of {@code rows} is the first of {@link #COLUMNS} */
    NcclRanges(TraceBuilder builder, NsysStrings strings, PayloadSchemas schemas, ColumnBlock rows, int firstColumn) {
        this.builder = builder;
        this.strings = strings;
        this.schemas = schemas;
        this.rows = rows;
        this.firstColumn = firstColumn;
    }

    /** Notes what {@code row}, a range of the trace, says if it is NCCL's. */
    void describe(int row, int range, int process, String call, long domain) {
        if (range < 0 || !call.startsWith(PREFIX)) {
            return;
        }
        byte[] binary = rows.rareBytes(firstColumn + 2, row);
        byte[] json = binary == null ? json(row) : null;
        if (binary == null && json == null) {
            return;
        }
        NcclPayload payload = binary == null ? NcclPayload.ofJson(json) : NcclPayload.of(binary, domain, schemas);
        if (payload == null) {
            unreadable++;
        } else {
            describe(range, process, call, payload);
        }
    }

    /** Counts what could not be read. */
    void finish() {
        builder.log().count(Oddity.NCCL_PAYLOAD_UNREADABLE, unreadable);
    }

    private byte[] json(int row) {
        byte[] own = rows.rareBytes(firstColumn + 1, row);
        long id = rows.rareLong(firstColumn, row);
        return own != null || id == ColumnBlock.NULL
                ? own
                : builder.strings().get(strings.poolId(id)).getBytes(StandardCharsets.UTF_8);
    }

    private void describe(int range, int process, String call, NcclPayload payload) {
        if (payload.rank() >= 0 && payload.rank() < payload.ranks() && payload.ranks() <= MOST_MEMBERS) {
            if (!payload.communicator().isEmpty()) {
                builder.member(process, payload.communicator(), payload.ranks(), payload.rank());
            }
        } else if (payload.bytes() >= 0 || payload.peer() >= 0) {
            Message.Kind kind = call.startsWith("ncclSend")
                    ? Message.Kind.SEND
                    : call.startsWith("ncclRecv") ? Message.Kind.RECV : Message.Kind.COLLECTIVE;
            int communicator = builder.communicator(new Communicator(payload.communicator(), "", -1, List.of()));
            builder.describeRange(range, new Message(kind, communicator, -1, payload.peer(), payload.bytes()));
        }
    }
}
