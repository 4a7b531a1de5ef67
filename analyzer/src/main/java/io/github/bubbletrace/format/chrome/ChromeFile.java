package io.github.bubbletrace.format.chrome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.airlift.compress.MalformedInputException;
import io.github.bubbletrace.format.Content;
import io.github.bubbletrace.format.DecimalTime;
import io.github.bubbletrace.format.UnusableInputException;
import io.github.bubbletrace.trace.Oddity;
import io.github.bubbletrace.trace.Trace;
import io.github.bubbletrace.trace.TraceBuilder;
import io.github.bubbletrace.trace.TraceSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One Chrome trace file on its way into a trace. Where it ends early or is damaged, what came before is kept. */
final class ChromeFile {

    /** Times after this, in nanoseconds since 1970, have that as their origin: 2001. */
    private static final long EPOCH_NS = 1_000_000_000_000_000_000L;

    private final Path file;
    private final TraceBuilder builder = new TraceBuilder();
    private final SpanEvents spans = new SpanEvents(builder);
    private final NcclEvents nccl = new NcclEvents(builder);
    private final GpuEvents gpu = new GpuEvents(builder, spans, nccl);
    private final Event event = new Event();
    private long baseNs = DecimalTime.NONE;
    private long epochNs;
    private int rank = -1;
    private int worldSize = -1;
    private String schema;
    private long events;

    ChromeFile(Path file) {
        this.file = file;
    }

    Trace read() {
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .build();
        try (InputStream in = Content.open(file);
                JsonParser json = factory.createParser(in)) {
            readAll(json);
        } catch (IOException e) {
            throw new UnusableInputException(file.toString(), "cannot be read", "check the path and the disk", e);
        }
        return build();
    }

    private void readAll(JsonParser json) throws IOException {
        try {
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_ARRAY) {
                readEvents(json);
            } else if (first == JsonToken.START_OBJECT) {
                readObject(json);
            }
        } catch (JsonProcessingException | MalformedInputException e) {
            cut(json, e);
        } catch (IOException e) {
            if (!Content.isDamage(e)) {
                throw e;
            }
            cut(json, e);
        }
    }

    /** A trace that a killed profiler leaves has no end; what came before is as good as ever. */
    private void cut(JsonParser json, Exception problem) {
        long where = json.currentLocation().getByteOffset();
        if (events == 0) {
            String what = problem instanceof StreamConstraintsException ? "nested too deeply or too long" : "no JSON";
            throw new UnusableInputException(
                    file.toString(), what + " at byte " + where, "export or copy the trace again", problem);
        }
        builder.log().count(Oddity.INPUT_CUT, 1, "after " + events + " events, at byte " + where);
    }

    private void readObject(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (key.equals("traceEvents") && value == JsonToken.START_ARRAY) {
                readEvents(json);
            } else if (key.equals("distributedInfo") && value == JsonToken.START_OBJECT) {
                readJob(json);
            } else if (key.equals("baseTimeNanoseconds")) {
                epochNs = Math.max(0, json.getValueAsLong());
            } else if (key.equals("schemaVersion")) {
                schema = json.getText();
            } else {
                json.skipChildren();
            }
        }
    }

    private void readJob(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            if (key.equals("rank")) {
                rank = json.getValueAsInt(-1);
            } else if (key.equals("world_size")) {
                worldSize = json.getValueAsInt(-1);
            } else if (key.equals("pg_config") && json.currentToken() == JsonToken.START_ARRAY) {
                readGroups(json);
            }
            json.skipChildren();
        }
    }

    private void readGroups(JsonParser json) throws IOException {
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                readGroup(json);
            } else {
                json.skipChildren();
            }
        }
    }

    private void readGroup(JsonParser json) throws IOException {
        String name = "";
        String description = "";
        String ranks = "";
        int size = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            boolean list = json.nextToken() == JsonToken.START_ARRAY;
            switch (key) {
                case "pg_name" -> name = json.getValueAsString("");
                case "pg_desc" -> description = json.getValueAsString("");
                case "pg_size" -> size = json.getValueAsInt(-1);
                case "ranks" -> ranks = list ? JsonLists.numbers(json) : json.getValueAsString("");
                default -> {}
            }
            json.skipChildren();
        }
        nccl.groups().list(name, description, size, ranks);
    }

    private void readEvents(JsonParser json) throws IOException {
        EventParser parser = new EventParser(json, builder.strings());
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token == null) {
                throw new JsonEOFException(json, token, "the list of events has no end");
            }
            if (token == JsonToken.START_OBJECT) {
                parser.read(event);
                events++;
                add();
            } else {
                json.skipChildren();
            }
        }
    }

    private void add() {
        if (event.type == 'M') {
            spans.addMetadata(event);
        } else if (event.category != Category.SKIPPED && isTimed()) {
            baseNs = baseNs == DecimalTime.NONE ? event.startNs : baseNs;
            event.startNs -= baseNs;
            if (event.category == Category.SPAN) {
                spans.add(event);
            } else if (event.type == 'X') {
                gpu.add(event);
            }
        }
    }

    private boolean isTimed() {
        boolean wanted = event.type == 'X' || event.type == 'B' || event.type == 'E';
        boolean timed = event.startNs != DecimalTime.NONE && (event.type != 'X' || event.lengthNs >= 0);
        builder.log().count(Oddity.BAD_TIMES, wanted && !timed ? 1 : 0);
        return wanted && timed;
    }

    private Trace build() {
        if (gpu.work() == 0 && spans.size() == 0) {
            throw new UnusableInputException(
                    file.toString(),
                    "no GPU work and no named spans among its " + events + " events",
                    "record with torch.profiler and activities CPU and CUDA, or write spans named forward and backward");
        }
        boolean startsAgain = false;
        if (gpu.work() > 0) {
            spans.writeOnThreads(GpuEvents.PROCESS);
            nccl.write();
            builder.nameRank(builder.process(GpuEvents.PROCESS), rank);
        } else {
            startsAgain = spans.writeAsDevices();
        }
        return builder.build(source(startsAgain));
    }

    private TraceSource source(boolean startsAgain) {
        List<String> missing = new ArrayList<>();
        if (gpu.work() == 0) {
            missing.add("GPU kernels");
        }
        long zero = baseNs == DecimalTime.NONE ? 0 : baseNs >= EPOCH_NS ? baseNs : epochNs + baseNs;
        return new TraceSource(
                file.toString(),
                gpu.work() > 0 ? "kineto-json" : "chrome-json",
                null,
                schema,
                null,
                zero >= EPOCH_NS && !startsAgain ? OptionalLong.of(zero) : OptionalLong.empty(),
                rank < 0 ? OptionalInt.empty() : OptionalInt.of(rank),
                worldSize < 0 ? OptionalInt.empty() : OptionalInt.of(worldSize),
                missing);
    }
}
