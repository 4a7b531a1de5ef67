package io.github.bubbletrace.format.spans;

import io.github.bubbletrace.trace.IntColumn;
import io.github.bubbletrace.trace.LongColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The spans of one log in columns, before it is known which device each ran on. */
public final class SpanTable {

    private final Map<Track, Integer> trackIds = new HashMap<>();
    private final List<Track> tracks = new ArrayList<>();
    private final List<SpanWord> words = new ArrayList<>();
    private final Map<SpanWord, Integer> wordIds = new HashMap<>();
    private final IntColumn track = new IntColumn();
    private final IntColumn word = new IntColumn();
    private final IntColumn text = new IntColumn();
    private final IntColumn step = new IntColumn();
    private final IntColumn chunk = new IntColumn();
    private final IntColumn microBatch = new IntColumn();
    private final LongColumn startNs = new LongColumn();
    private final LongColumn endNs = new LongColumn();
    private final LongColumn bytes = new LongColumn();

    /**
     * Adds a span.
     *
     * @param where where it ran
     * @param what what it is, or null where its name is no phase of a pipeline
     * @param name its name in the string pool
     * @param newStep iteration, or -1
     * @param newChunk chunk, or -1
     * @param newMicroBatch micro-batch, or -1
     * @param newStartNs start in nanoseconds of the file's clock
     * @param newEndNs end
     * @param newBytes how much it moves, or -1
     */
    public void add(
            Track where,
            SpanWord what,
            int name,
            int newStep,
            int newChunk,
            int newMicroBatch,
            long newStartNs,
            long newEndNs,
            long newBytes) {
        track.add(trackIds.computeIfAbsent(where, t -> {
            tracks.add(t);
            return tracks.size() - 1;
        }));
        word.add(
                what == null
                        ? -1
                        : wordIds.computeIfAbsent(what, w -> {
                            words.add(w);
                            return words.size() - 1;
                        }));
        text.add(name);
        step.add(newStep);
        chunk.add(newChunk);
        microBatch.add(newMicroBatch);
        startNs.add(newStartNs);
        endNs.add(newEndNs);
        bytes.add(newBytes);
    }

    /** How many spans there are. */
    public int size() {
        return track.size();
    }

    /** Where spans ran, each place once. */
    List<Track> tracks() {
        return Collections.unmodifiableList(tracks);
    }

    /** Replaces every track by what {@code better} knows of it. */
    public void refine(UnaryOperator<Track> better) {
        tracks.replaceAll(better);
    }

    int track(int span) {
        return track.get(span);
    }

    /** What the span is, or null. */
    SpanWord word(int span) {
        return word.get(span) < 0 ? null : words.get(word.get(span));
    }

    boolean isTask(int span) {
        return word.get(span) >= 0 && words.get(word.get(span)).isTask() && microBatch.get(span) >= 0;
    }

    int text(int span) {
        return text.get(span);
    }

    int step(int span) {
        return step.get(span);
    }

    int chunk(int span) {
        return chunk.get(span);
    }

    int microBatch(int span) {
        return microBatch.get(span);
    }

    void setMicroBatch(int span, int number, int ofChunk) {
        microBatch.set(span, number);
        chunk.set(span, ofChunk);
    }

    long startNs(int span) {
        return startNs.get(span);
    }

    long endNs(int span) {
        return endNs.get(span);
    }

    /** How much the span moves, or -1. */
    long bytes(int span) {
        return bytes.get(span);
    }

    void move(int span, long laterNs) {
        startNs.set(span, startNs.get(span) + laterNs);
        endNs.set(span, endNs.get(span) + laterNs);
    }

    void setEndNs(int span, long newEndNs) {
        endNs.set(span, newEndNs);
    }

    /** All span numbers by start, then end, then row. */
    List<Integer> byStart() {
        List<Integer> order = new ArrayList<>();
        for (int span = 0; span < size(); span++) {
            order.add(span);
        }
        order.sort((a, b) -> {
            int byStart = Long.compare(startNs(a), startNs(b));
            return byStart != 0 ? byStart : Long.compare(endNs(a), endNs(b));
        });
        return order;
    }
}
