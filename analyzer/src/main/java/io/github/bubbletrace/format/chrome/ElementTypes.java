package io.github.bubbletrace.format.chrome;

import java.util.Locale;
import java.util.Map;

/** How many bytes an element of PyTorch's types has. */
final class ElementTypes {

    private static final Map<String, Integer> BYTES = Map.ofEntries(
            Map.entry("byte", 1),
            Map.entry("char", 1),
            Map.entry("bool", 1),
            Map.entry("qint8", 1),
            Map.entry("quint8", 1),
            Map.entry("short", 2),
            Map.entry("half", 2),
            Map.entry("bfloat16", 2),
            Map.entry("uint16", 2),
            Map.entry("int", 4),
            Map.entry("float", 4),
            Map.entry("qint32", 4),
            Map.entry("uint32", 4),
            Map.entry("complexhalf", 4),
            Map.entry("long", 8),
            Map.entry("double", 8),
            Map.entry("uint64", 8),
            Map.entry("complexfloat", 8),
            Map.entry("complexdouble", 16));

    private ElementTypes() {}

    /** Bytes of an element of the type called {@code name}, -1 where it is unknown. */
    static int bytes(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return plain.startsWith("float8") ? 1 : BYTES.getOrDefault(plain, -1);
    }
}
