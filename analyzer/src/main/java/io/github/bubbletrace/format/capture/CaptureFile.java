package io.github.bubbletrace.format.capture;

import io.airlift.compress.MalformedInputException;
import io.github.bubbletrace.format.Content;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.format.jfr.RecordedSpans;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.Trace;
import io.github.bubbletrace.trace.TraceBuilder;
import io.github.bubbletrace.trace.TraceSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One capture on its way into a trace: what is whole is used, what is damaged or missing is counted. */
final class CaptureFile {

    private static final int VERSION = 1;
    private static final int VERSION_AT = 8;

    private final Path file;
    private final List<RecordedSpans> recordings;
    private final TraceBuilder builder = new TraceBuilder();
    private final RecordBytes in = new RecordBytes();
    private final Texts texts = new Texts(builder.strings());
    private final Events events = new Events(in, builder, texts);
    private final Identity identity = new Identity();
    private final Anchors anchors = new Anchors();
    private final Counter.Totals totals = new Counter.Totals();
    private boolean begun;
    private boolean ended;
    private long malformed;

    CaptureFile(Path file, List<RecordedSpans> recordings) {
        this.file = file;
        this.recordings = recordings;
    }

    /** The process, as the capture's first chunk says it, or -1. */
    long pid() {
        try (InputStream content = Content.open(file)) {
            ChunkStream chunks = new ChunkStream(content);
            if (chunks.next()) {
                readChunk(chunks);
            }
        } catch (IOException | MalformedInputException e) {
            // What is wrong with it is said when it is read as a whole.
        }
        return identity.number("pid").orElse(-1);
    }

    Trace read() {
        try (InputStream content = Content.open(file)) {
            ChunkStream chunks = new ChunkStream(content);
            refuseNewer(chunks.fileHeader());
            boolean damagedPacking = readAll(chunks);
            return build(chunks, damagedPacking);
        } catch (IOException e) {
            throw new UnusableInputException(file.toString(), "cannot be read", "check the path and the disk", e);
        }
    }

    private void refuseNewer(byte[] header) {
        int version = header.length > VERSION_AT ? header[VERSION_AT] & 0xff : VERSION;
        if (version > VERSION) {
            throw new UnusableInputException(
                    file.toString(),
                    "a capture of format " + version + ", which this bubbletrace does not know",
                    "use the bubbletrace that recorded it, or a newer one");
        }
    }

    /** Reads what there is; true where a packed file is damaged. */
    private boolean readAll(ChunkStream chunks) throws IOException {
        try {
            while (chunks.next()) {
                readChunk(chunks);
            }
            return false;
        } catch (IOException | MalformedInputException e) {
            if (!Content.isDamage(e)) {
                throw e;
            }
            return true;
        }
    }

    private void readChunk(ChunkStream chunks) {
        in.reset(chunks.bytes(), chunks.start(), chunks.end());
        events.startChunk();
        try {
            while (in.hasNext()) {
                int tag = in.one();
                int outer = in.enter(in.number());
                readRecord(tag);
                in.leave(outer);
            }
        } catch (RecordBytes.Malformed e) {
            malformed++;
        }
    }

    private void readRecord(int tag) {
        switch (tag) {
            case Tag.STRING -> texts.add(in.number(), in.rest());
            case Tag.IDENTITY -> {
                in.number();
                identity.add(in.rest());
            }
            case Tag.ANCHOR -> anchors.add(in.number(), in.number(), in.number());
            case Tag.COUNTER -> totals.add(in.number(), in.number());
            case Tag.END -> ended = true;
            default -> {
                begin();
                events.read(tag);
            }
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            events.belongTo(identity.number("pid").orElse(1), anchors.zeroNs());
        }
    }

    private Trace build(ChunkStream chunks, boolean damagedPacking) {
        begin();
        if (events.useful() == 0) {
            throw new UnusableInputException(
                    file.toString(),
                    "the capture holds neither GPU work nor ranges",
                    "let the job run longer, or see what bubbletrace doctor says");
        }
        events.finish();
        events.join(recordings, identity.number("pid").orElse(-1));
        boolean cut = chunks.isCut() || damagedPacking;
        builder.log().count(Oddity.INPUT_CUT, cut ? 1 : 0);
        builder.log().count(Oddity.CAPTURE_NOT_ENDED, ended || cut ? 0 : 1);
        builder.log().count(Oddity.CAPTURE_DAMAGED, chunks.damaged() + malformed);
        builder.log().count(Oddity.KERNELS_NOT_RECORDED, events.isWithoutKernels() ? 1 : 0);
        builder.log().count(Oddity.CLOCK_SET, anchors.isStepped() ? 1 : 0);
        builder.log().count(Oddity.MISSING_STRINGS, texts.missing());
        totals.report(builder.log());
        identity.number("rank").ifPresent(rank -> builder.nameRank(events.process(), rank));
        return builder.build(source());
    }

    private TraceSource source() {
        List<String> missing = new ArrayList<>();
        if (events.isWithoutKernels()) {
            missing.add("GPU kernels");
        }
        if (anchors.utcOfZeroNs().isEmpty()) {
            missing.add("session start time");
        }
        return new TraceSource(
                file.toString(),
                "capture",
                identity.producer(),
                Integer.toString(VERSION),
                identity.text("host"),
                anchors.utcOfZeroNs(),
                identity.number("rank"),
                identity.number("worldSize"),
                1,
                missing);
    }
}
