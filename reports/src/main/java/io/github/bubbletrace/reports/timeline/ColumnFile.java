package io.github.bubbletrace.reports.timeline;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A JSON text that names things, and columns of variable-length integers; docs/outputs.md has the form. */
final class ColumnFile {

    private static final int VERSION = 1;

    private ColumnFile() {}

    static byte[] of(String head, List<Varints> columns) {
        byte[] text = head.getBytes(StandardCharsets.UTF_8);
        Varints beforeText = new Varints();
        beforeText.add(VERSION);
        beforeText.add(text.length);
        Varints sizes = new Varints();
        sizes.add(columns.size());
        columns.forEach(column -> sizes.add(column.size()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        beforeText.appendTo(out);
        out.writeBytes(text);
        sizes.appendTo(out);
        columns.forEach(column -> column.appendTo(out));
        return out.toByteArray();
    }
}
