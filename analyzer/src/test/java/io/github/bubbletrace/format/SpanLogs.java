package io.github.bubbletrace.format;

import io.github.bubbletrace.Seeds;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** Writes the same spans in many ways, as a seed decides. */
final class SpanLogs {

    private static final List<String> UNITS = List.of("ns", "us", "ms", "s");

    private record Column(String name, Function<LoggedSpan, String> value) {}

    private SpanLogs() {}

    /** As CSV with other names, order, unit, separator, line ends, rows in any order. */
    static Path csv(Path file, List<LoggedSpan> spans, long seed) {
        Random random = Seeds.random(seed);
        int power = 3 * random.nextInt(4);
        String unit = UNITS.get(power / 3);
        String suffix = pick(random, "_" + unit, " (" + unit + ")", "_" + unit.toUpperCase(Locale.ROOT));
        List<Column> columns = new ArrayList<>(List.of(
                new Column(pick(random, "stage", "pp_rank", "Pipeline Rank"), s -> "" + s.stage()),
                new Column(pick(random, "rank", "global_rank"), s -> "" + s.rank()),
                new Column(pick(random, "tp_rank", "TP", "tensor-rank"), s -> "" + s.lane()),
                new Column(pick(random, "step", "iteration", "iter"), s -> "" + s.step()),
                new Column(pick(random, "optype", "phase", "name"), s -> name(s.name(), seed)),
                new Column(pick(random, "mb_id", "microBatch", "micro_batch"), s -> "" + s.microBatch()),
                new Column("start" + suffix, s -> decimal(s.startNs(), power)),
                new Column("note", s -> "\"a, \"\"b\"\"\"")));
        columns.add(
                random.nextBoolean()
                        ? new Column("duration" + suffix, s -> decimal(s.endNs() - s.startNs(), power))
                        : new Column("end" + suffix, s -> decimal(s.endNs(), power)));
        Collections.shuffle(columns, random);
        List<LoggedSpan> rows = new ArrayList<>(spans);
        Collections.shuffle(rows, random);
        String separator = pick(random, ",", "\t");
        String end = pick(random, "\n", "\r\n");
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "\ufeff" : "");
        text.append(String.join(separator, columns.stream().map(Column::name).toList()))
                .append(end);
        for (LoggedSpan span : rows) {
            text.append(String.join(
                            separator,
                            columns.stream().map(c -> c.value().apply(span)).toList()))
                    .append(end);
        }
        return write(file, text.toString(), random.nextBoolean());
    }

    /** As Chrome trace in array or object form, whole events or begins and ends, threads laid out in two ways. */
    static Path chrome(Path file, List<LoggedSpan> spans, long seed) {
        Random random = Seeds.random(seed);
        boolean namedThreads = random.nextBoolean();
        boolean pairs = random.nextBoolean();
        List<String> events = new ArrayList<>();
        List<LoggedSpan> rows = new ArrayList<>(spans);
        Collections.shuffle(rows, random);
        for (LoggedSpan span : rows) {
            String thread = namedThreads
                    ? "\"pid\":7,\"tid\":" + (span.rank() * 2 + (span.microBatch() < 0 ? 1 : 0))
                    : "\"pid\":" + (100 + span.rank()) + ",\"tid\":\"" + (span.microBatch() < 0 ? "comm" : "main")
                            + '"';
            String args = "\"args\":{\"step\":" + span.step() + ",\"mb_id\":" + span.microBatch()
                    + (namedThreads ? "" : ",\"stage\":" + span.stage() + ",\"tp_rank\":" + span.lane()) + "}";
            String common = "\"name\":\"" + name(span.name(), seed) + "\"," + thread;
            if (pairs) {
                events.add("{\"ph\":\"B\"," + common + ",\"ts\":" + decimal(span.startNs(), 3) + "," + args + "}");
                events.add("{\"ph\":\"E\"," + thread + ",\"ts\":" + decimal(span.endNs(), 3) + "}");
            } else {
                events.add("{" + args + "," + common + ",\"dur\":" + decimal(span.endNs() - span.startNs(), 3)
                        + ",\"ts\":" + decimal(span.startNs(), 3) + ",\"ph\":\"X\"}");
            }
        }
        for (LoggedSpan span : namedThreads ? spans : List.<LoggedSpan>of()) {
            events.add("{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":7,\"tid\":"
                    + (span.rank() * 2 + (span.microBatch() < 0 ? 1 : 0)) + ",\"args\":{\"name\":\"PP rank "
                    + span.stage() + ", TP rank " + span.lane() + ", work\"}}");
        }
        events.add("{\"ph\":\"C\",\"name\":\"memory\",\"pid\":7,\"ts\":1,\"args\":{\"bytes\":5}}");
        events.add("{\"ph\":\"i\",\"name\":\"mark\",\"pid\":7,\"tid\":1,\"ts\":1,\"s\":\"g\"}");
        events.add("{\"ph\":\"s\",\"id\":1,\"name\":\"arrow\",\"pid\":7,\"tid\":1,\"ts\":1}");
        String list = "[" + String.join(random.nextBoolean() ? ",\n" : ",", events) + "]";
        boolean object = random.nextBoolean();
        return write(
                file,
                object ? "{\"displayTimeUnit\":\"ms\",\"traceEvents\":" + list + "}" : list,
                random.nextBoolean());
    }

    static Path write(Path file, String text, boolean packed) {
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = packed ? new GZIPOutputStream(plain) : plain) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(String name, long seed) {
        return switch ((int) (seed % 3)) {
            case 0 -> name;
            case 1 -> name.replace('-', '_').toUpperCase(Locale.ROOT);
            default -> {
                String[] words = name.split("-", 2);
                yield words[1].equals("compute") ? words[0] : words[1] + "_" + words[0];
            }
        };
    }

    private static String decimal(long ns, int power) {
        return BigDecimal.valueOf(ns).movePointLeft(power).toString();
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
