package io.github.bubbletrace.format.chrome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.airlift.compress.MalformedInputException;
import io.github.bubbletrace.format.Content;
import io.github.bubbletrace.format.DecimalTime;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.Trace;
import io.github.bubbletrace.trace.TraceSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * One Chrome trace file on its way into a trace. Blocks of it are parsed side by side and taken in their order; from the
 * first that does not hold whole events on, the file is read in one go. Where it ends early or is damaged, what came
 * before is kept.
 */
final class ChromeFile {

    /** Times after this, in nanoseconds since 1970, have that as their origin: 2001. */
    private static final long EPOCH_NS = 1_000_000_000_000_000_000L;

    private final Path file;
    private final int blockSize;
    private final EventCollector events = new EventCollector();
    private final JobInfo info = new JobInfo(events.nccl().groups());
    private final JsonFactory factory = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();
    private final BlockParser parser = new BlockParser(factory);

    /** Bytes of the file before the block at hand. */
    private long offset;

    ChromeFile(Path file, int blockSize) {
        this.file = file;
        this.blockSize = blockSize;
    }

    Trace read(LongConsumer progress) {
        try (InputStream in = Content.open(file, progress);
                BlockQueue blocks = new BlockQueue(in, blockSize, parser::next)) {
            readBlocks(blocks);
        } catch (IOException e) {
            throw unreadable(e);
        }
        try {
            return build();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UnusableInputException unreadable(IOException problem) {
        return new UnusableInputException(file.toString(), "cannot be read", "check the path and the disk", problem);
    }

    private void readBlocks(BlockQueue blocks) throws IOException {
        Block block = blocks.first();
        parser.first(block, info);
        String before = "";
        if (!block.isLast) {
            blocks.start();
        }
        while (block.isClean) {
            events.add(block.batch);
            before = parser.before();
            block = following(blocks, block);
        }
        readOn(new BlockStream(before, block, last -> following(blocks, last)), offset - before.length());
    }

    private Block following(BlockQueue blocks, Block block) {
        offset += block.length();
        blocks.release(block);
        return blocks.next();
    }

    /** Reads to the end of the file; {@code base} is the place in it of the first byte of {@code in}. */
    private void readOn(BlockStream in, long base) throws IOException {
        try (JsonParser json = factory.createParser(in)) {
            try {
                readOn(json);
            } catch (JsonProcessingException e) {
                cut(base + json.currentLocation().getByteOffset(), e);
            } catch (MalformedInputException e) {
                cut(base + in.given(), e);
            } catch (IOException e) {
                if (!Content.isDamage(e)) {
                    throw e;
                }
                cut(base + in.given(), e);
            }
        }
    }

    private void readOn(JsonParser json) throws IOException {
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_ARRAY) {
            EventList.read(json, events.parser(), events);
        } else if (first == JsonToken.START_OBJECT) {
            readObject(json);
        }
    }

    private void readObject(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY && key.equals("traceEvents")) {
                EventList.read(json, events.parser(), events);
            } else {
                info.read(json, key);
            }
        }
    }

    /** A trace that a killed profiler leaves has no end; what came before is as good as ever. */
    private void cut(long where, Exception problem) {
        long read = events.counts().events();
        if (read == 0) {
            String what = problem instanceof StreamConstraintsException ? "nested too deeply or too long" : "no JSON";
            throw new UnusableInputException(
                    file.toString(), what + " at byte " + where, "export or copy the trace again", problem);
        }
        events.builder().log().count(Oddity.INPUT_CUT, 1, "after " + read + " events, at byte " + where);
    }

    private Trace build() throws IOException {
        SpanEvents spans = events.spans();
        GpuEvents gpu = events.gpu();
        if (gpu.work() == 0 && spans.size() == 0) {
            throw new UnusableInputException(
                    file.toString(),
                    "no GPU work and no named spans among its "
                            + events.counts().events() + " events",
                    "record with torch.profiler and activities CPU and CUDA, or write spans named forward and backward");
        }
        linkByArrows();
        boolean startsAgain = false;
        if (gpu.work() > 0) {
            spans.writeOnThreads();
            events.nccl().write();
            events.memory().write();
            requireToldApart(events.processes().unite(spans.names(), info.rank()));
        } else {
            startsAgain = spans.writeAsDevices();
        }
        return events.builder().build(source(startsAgain));
    }

    private void linkByArrows() throws IOException {
        boolean needed = events.gpu().needsLinks() && events.counts().flows() > 0;
        FlowLinks links =
                needed ? FlowLinks.read(file, factory, events.builder().strings()) : null;
        int linked = events.gpu().link(links, events.baseNs());
        events.builder().log().count(Oddity.LAUNCHES_BY_ARROW, linked);
        events.counts().log(events.builder().log(), 2L * linked);
    }

    private void requireToldApart(boolean toldApart) {
        if (!toldApart) {
            throw new UnusableInputException(
                    file.toString(),
                    "merged of " + events.processes().hosts() + " processes, and nothing tells whose GPUs are whose",
                    "give each rank's own file, or name processes and GPUs alike, as 'rank 3'");
        }
    }

    private TraceSource source(boolean startsAgain) {
        boolean hasGpu = events.gpu().work() > 0;
        List<String> missing = new ArrayList<>();
        if (!hasGpu) {
            missing.add("GPU kernels");
        }
        long base = events.baseNs();
        long zero = base == DecimalTime.NONE ? 0 : base >= EPOCH_NS ? base : info.epochNs() + base;
        return new TraceSource(
                file.toString(),
                hasGpu ? "kineto-json" : "chrome-json",
                null,
                info.schema(),
                null,
                zero >= EPOCH_NS && !startsAgain ? OptionalLong.of(zero) : OptionalLong.empty(),
                info.rank() < 0 ? OptionalInt.empty() : OptionalInt.of(info.rank()),
                info.worldSize() < 0 ? OptionalInt.empty() : OptionalInt.of(info.worldSize()),
                events.stampNs(),
                missing);
    }
}
