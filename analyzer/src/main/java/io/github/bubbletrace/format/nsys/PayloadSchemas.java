package io.github.bubbletrace.format.nsys;

import io.github.bubbletrace.format.sqlite.ColumnBlock;
import io.github.bubbletrace.format.sqlite.Wanted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the export says of the layout of NVTX payloads. Every process lists its schemas, and the tables do not name the
 * process: where two describe one number differently it is left out.
 */
final class PayloadSchemas {

    private static final String SCHEMAS = "NVTX_PAYLOAD_SCHEMAS";
    private static final String ENTRIES = "NVTX_PAYLOAD_SCHEMA_ENTRIES";

    private static final List<Wanted> SCHEMA_COLUMNS =
            List.of(Wanted.longs("domainId"), Wanted.longs("schemaId"), Wanted.longs("payloadSize"));

    private static final List<Wanted> ENTRY_COLUMNS = List.of(
            Wanted.longs("domainId"),
            Wanted.longs("schemaId"),
            Wanted.longs("idx"),
            Wanted.longs("flags"),
            Wanted.longs("type"),
            Wanted.texts("name"),
            Wanted.longs("offset"));

    static final Map<String, List<Wanted>> TABLES = Map.of(SCHEMAS, SCHEMA_COLUMNS, ENTRIES, ENTRY_COLUMNS);

    /** Flags of entries that are pointers, offsets or arrays, not the value itself. */
    private static final long INDIRECT = 0x7e;

    private record Id(long domain, long schema) {}

    private record Entry(Id id, long index) {}

    private record Place(PayloadLayout.Field field, int bytes, long offset) {}

    private final Map<Id, PayloadLayout> layouts = new HashMap<>();
    private final Set<Id> contradicted = new HashSet<>();

    PayloadSchemas(TableReader reader) {
        readSizes(reader.read(SCHEMAS, SCHEMA_COLUMNS));
        readEntries(reader.read(ENTRIES, ENTRY_COLUMNS));
        contradicted.forEach(layouts::remove);
    }

    /** The layout of a schema, or null. */
    PayloadLayout of(long domain, long schema) {
        return layouts.get(new Id(domain, schema));
    }

    private void readSizes(ColumnBlock rows) {
        for (int row = 0; row < rows.rows(); row++) {
            Id id = new Id(rows.longs(0)[row], rows.longs(1)[row]);
            long size = rows.longs(2)[row];
            PayloadLayout read = PayloadLayout.empty(size < 0 ? PayloadLayout.NONE : size);
            PayloadLayout known = layouts.putIfAbsent(id, read);
            if (known != null && !known.equals(read)) {
                contradicted.add(id);
            }
        }
    }

    private void readEntries(ColumnBlock rows) {
        Map<Entry, Place> known = new HashMap<>();
        for (int row = 0; row < rows.rows(); row++) {
            Id id = new Id(rows.longs(0)[row], rows.longs(1)[row]);
            PayloadLayout.Field field = PayloadLayout.Field.of(rows.texts(5)[row]);
            long flags = rows.longs(3)[row];
            boolean direct = flags == ColumnBlock.NULL || (flags & INDIRECT) == 0;
            long offset = rows.longs(6)[row];
            Place place = new Place(
                    direct ? field : null, bytes(rows.longs(4)[row]), offset == ColumnBlock.NULL ? 0 : offset);
            Place before = known.putIfAbsent(new Entry(id, rows.longs(2)[row]), place);
            if (before != null && !before.equals(place)) {
                contradicted.add(id);
            } else if (place.field() != null) {
                layouts.computeIfPresent(id, (i, layout) -> layout.with(place.field(), place.bytes(), place.offset()));
            }
        }
    }

    /** Bytes of NVTX's integer types: int and 32 bits; long long, 64 bits and sizes. */
    private static int bytes(long type) {
        return switch ((int) Math.max(0, Math.min(type, 100))) {
            case 5, 6, 15, 16 -> Integer.BYTES;
            case 9, 10, 17, 18, 22 -> Long.BYTES;
            default -> 0;
        };
    }
}
