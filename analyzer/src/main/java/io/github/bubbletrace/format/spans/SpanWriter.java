package io.github.bubbletrace.format.spans;

import io.github.bubbletrace.format.spans.SpanDevices.Place;
import io.github.bubbletrace.trace.Message;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.TraceBuilder;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Writes a span log as ranges in bubbletrace's own label form, one process a device, so that what follows needs not
 * know the format. Tasks and transfers have a thread each.
 */
public final class SpanWriter {

    private static final int TASK_THREAD = 1;
    private static final int OTHER_THREAD = 2;
    private static final int SHOWN_NAMES = 5;

    /** Same task on the same device. */
    private record Identity(Place place, SpanWord word, int step, int chunk, int microBatch) {}

    private final SpanTable spans;
    private final TraceBuilder builder;
    private final SpanDevices devices;
    private final int stages;
    private final boolean chunksAreGlobal;
    private final boolean severalChunks;

    private SpanWriter(SpanTable spans, TraceBuilder builder) {
        this.spans = spans;
        this.builder = builder;
        devices = SpanDevices.of(spans);
        stages = maxStage() + 1;
        int most = -1;
        boolean global = stages > 1;
        for (int span = 0; span < spans.size(); span++) {
            if (spans.isTask(span)) {
                int chunk = spans.chunk(span);
                most = Math.max(most, chunk);
                global = global && chunk >= 0 && chunk % stages == place(span).stage();
            }
        }
        severalChunks = most > 0;
        chunksAreGlobal = global && severalChunks;
    }

    /**
     * Writes {@code spans} to {@code builder}.
     *
     * @return whether the log's times start again in every step, so that they have no common origin with other files
     */
    public static boolean write(SpanTable spans, TraceBuilder builder) {
        int unrolled = StepClock.unroll(spans);
        builder.log().count(Oddity.STEPS_LAID_END_TO_END, unrolled);
        new SpanWriter(spans, builder).write();
        return unrolled > 0;
    }

    /**
     * Writes {@code spans} of a trace with GPU work onto the threads they ran on, so that launches meet them.
     *
     * @param threadOf the thread of a track
     */
    public static void writeOnThreads(SpanTable spans, TraceBuilder builder, ToIntFunction<Track> threadOf) {
        int domain = builder.strings().intern("");
        for (int span = 0; span < spans.size(); span++) {
            Track track = spans.tracks().get(spans.track(span));
            SpanWord word = spans.word(span);
            String label = word == null || spans.microBatch(span) < 0
                    ? null
                    : word.label()
                            + pair(" it=", spans.step(span))
                            + pair(" stage=", track.stage())
                            + pair(" chunk=", track.stage() < 0 ? -1 : spans.chunk(span))
                            + pair(" mb=", spans.microBatch(span))
                            + pair(" dp=", track.replica())
                            + pair(" tp=", track.lane());
            int text = label == null ? spans.text(span) : builder.strings().intern(label);
            int row =
                    builder.addRange(spans.startNs(span), spans.endNs(span), threadOf.applyAsInt(track), text, domain);
            describe(builder, row, spans, span);
        }
    }

    private void write() {
        builder.log()
                .count(
                        Oddity.TRANSFERS_WITHOUT_NUMBER,
                        TransferNumbers.number(spans, this::device, this::stageOfDevice, stages - 1));
        builder.log().count(Oddity.RANKS_BY_PLACE, devices.areRanksByOrder() ? 1 : 0);
        Map<Identity, Integer> tasks = new HashMap<>();
        Set<String> unknown = new LinkedHashSet<>();
        long unknownSpans = 0;
        long repeated = 0;
        boolean[] dropped = new boolean[spans.size()];
        for (int span : spans.byStart()) {
            if (spans.isTask(span)) {
                Identity identity = new Identity(
                        place(span), spans.word(span), spans.step(span), spans.chunk(span), spans.microBatch(span));
                Integer first = tasks.putIfAbsent(identity, span);
                dropped[span] = first != null && spans.startNs(span) < spans.endNs(first);
                if (dropped[span]) {
                    spans.setEndNs(first, Math.max(spans.endNs(first), spans.endNs(span)));
                    repeated++;
                }
            } else if (spans.word(span) == null && spans.microBatch(span) >= 0) {
                unknown.add(builder.strings().get(spans.text(span)));
                unknownSpans++;
            }
        }
        for (int span = 0; span < spans.size(); span++) {
            if (!dropped[span]) {
                writeOne(span);
            }
        }
        builder.log().count(Oddity.REPEATED_SPANS, repeated);
        builder.log().count(Oddity.UNKNOWN_PHASES, unknownSpans, shown(unknown));
        builder.log().count(Oddity.CROWDED_SPANS, crowdedDevices());
    }

    private void writeOne(int span) {
        Place place = devices.ofTrack(spans.track(span));
        Track track = spans.tracks().get(spans.track(span));
        long process = place == null ? (1L << 46) + ((track.process() & 0x1fffff) << 24) : (place.rank() + 1L) << 24;
        boolean pipeline = spans.word(span) != null && spans.microBatch(span) >= 0;
        int offset = place == null ? spans.track(span) & 0x3fffff : spans.isTask(span) ? TASK_THREAD : OTHER_THREAD;
        int thread = builder.thread(process + offset);
        builder.nameRank(builder.process(process), place == null ? track.rank() : place.rank());
        int text = pipeline ? builder.strings().intern(label(span)) : spans.text(span);
        int row = builder.addRange(
                spans.startNs(span),
                spans.endNs(span),
                thread,
                text,
                builder.strings().intern(""));
        describe(builder, row, spans, span);
    }

    private static void describe(TraceBuilder builder, int row, SpanTable spans, int span) {
        if (spans.bytes(span) >= 0) {
            SpanWord word = spans.word(span);
            builder.describeRange(
                    row, new Message(word == null ? Message.Kind.UNKNOWN : word.kind(), -1, -1, -1, spans.bytes(span)));
        }
    }

    private String label(int span) {
        Place place = place(span);
        int chunk = spans.chunk(span);
        String where = chunksAreGlobal
                ? pair(" stage=", chunk)
                : pair(" stage=", place.stage()) + (severalChunks ? pair(" chunk=", Math.max(0, chunk)) : "");
        return spans.word(span).label()
                + pair(" it=", spans.step(span))
                + where
                + pair(" mb=", spans.microBatch(span))
                + pair(" dp=", place.replica())
                + pair(" tp=", place.lane());
    }

    private static String pair(String key, int value) {
        return value < 0 ? "" : key + value;
    }

    /** Devices whose tasks together last more than twice the time they lie in: the sign of a wrong unit. */
    private long crowdedDevices() {
        Map<Integer, long[]> hulls = new HashMap<>();
        for (int span = 0; span < spans.size(); span++) {
            if (spans.isTask(span)) {
                long[] hull = hulls.computeIfAbsent(device(span), d -> new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 0});
                hull[0] = Math.min(hull[0], spans.startNs(span));
                hull[1] = Math.max(hull[1], spans.endNs(span));
                hull[2] += spans.endNs(span) - spans.startNs(span);
            }
        }
        return hulls.values().stream().filter(h -> h[2] / 2 > h[1] - h[0]).count();
    }

    private int maxStage() {
        int most = -1;
        for (int track = 0; track < spans.tracks().size(); track++) {
            Place place = devices.ofTrack(track);
            most = place == null ? most : Math.max(most, place.stage());
        }
        return most;
    }

    private Place place(int span) {
        return devices.ofTrack(spans.track(span));
    }

    private int device(int span) {
        return place(span).rank();
    }

    private int stageOfDevice(int rank) {
        for (int track = 0; track < spans.tracks().size(); track++) {
            Place place = devices.ofTrack(track);
            if (place != null && place.rank() == rank) {
                return place.stage();
            }
        }
        return -1;
    }

    private static String shown(Set<String> names) {
        List<String> first = names.stream().limit(SHOWN_NAMES).toList();
        return first.stream().collect(Collectors.joining(", ")) + (names.size() > first.size() ? ", ..." : "");
    }
}
