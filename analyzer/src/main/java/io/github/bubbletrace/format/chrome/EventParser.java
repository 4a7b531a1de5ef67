package io.github.bubbletrace.format.chrome;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.github.bubbletrace.format.DecimalTime;
import io.github.bubbletrace.format.TimeUnit;
import io.github.bubbletrace.format.spans.SpanField;
import io.github.bubbletrace.format.spans.SpanNumbers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one event object from a JSON stream, keeping only what the analysis needs. */
final class EventParser {

    /** Whole events, begins, ends and metadata. */
    private static final String WANTED = "XBEM";

    /** Of these only what an allocator does. */
    private static final char INSTANT = 'i';

    private final TextPool texts;
    private final EventCounts counts;
    private final TextPool categories = new TextPool();
    private final List<Category> categoryOfName = new ArrayList<>();
    private final Map<String, Optional<SpanField>> fields = new HashMap<>();
    private JsonParser json;

    /** A parser that numbers texts in {@code texts} and counts in {@code counts} what it leaves out. */
    EventParser(TextPool texts, EventCounts counts) {
        this.texts = texts;
        this.counts = counts;
    }

    /** Reads the object whose start was just read in {@code newJson} into {@code event}; whether it is of use. */
    boolean read(JsonParser newJson, Event event) throws IOException {
        json = newJson;
        event.clear();
        while (event.category != Category.SKIPPED && json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            field(event, key);
        }
        if (event.category == Category.SKIPPED) {
            skipRest();
        } else if ((event.type == INSTANT) != (event.category == Category.MEMORY)) {
            event.category = Category.SKIPPED;
        }
        if (event.category == Category.SKIPPED) {
            leaveOut(event);
        }
        return event.category != Category.SKIPPED;
    }

    private void leaveOut(Event event) {
        if (event.type == 0 || WANTED.indexOf(event.type) >= 0) {
            counts.leaveOutCategory();
        } else {
            counts.leaveOutType(event.type);
        }
    }

    private void skipRest() throws IOException {
        int depth = 1;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == null) {
                throw new JsonEOFException(json, null, "an event has no end");
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
    }

    private void field(Event event, String key) throws IOException {
        switch (key) {
            case "ph" -> type(event);
            case "cat" -> {
                Category said = category();
                event.category = event.type == INSTANT && said != Category.MEMORY ? Category.SKIPPED : said;
            }
            case "name" -> event.name = event.category.isNameless() ? -1 : text();
            case "pid" -> event.process = id();
            case "tid" -> event.thread = id();
            case "ts" -> event.startNs = time();
            case "dur" -> event.lengthNs = event.category == Category.CALL ? 0 : time();
            case "args" -> arguments(event);
            default -> json.skipChildren();
        }
    }

    /** Flows, counters and most instants say nothing that is needed; nor do types nobody knows. */
    private void type(Event event) throws IOException {
        event.type = json.getTextLength() == 1 ? json.getTextCharacters()[json.getTextOffset()] : 0;
        if (WANTED.indexOf(event.type) < 0 && event.type != INSTANT) {
            event.category = Category.SKIPPED;
        }
    }

    private void arguments(Event event) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (!value.isScalarValue()) {
                list(event, key);
            } else {
                argument(event, key);
            }
        }
    }

    private void argument(Event event, String key) throws IOException {
        switch (key) {
            case "correlation" -> event.correlation = integer();
            case "device" -> event.gpu = integer();
            case "stream" -> event.stream = integer();
            case "fromDevice" -> event.fromGpu = integer();
            case "toDevice" -> event.toGpu = integer();
            case "name", "labels" -> event.detail = text();
            default -> {
                if (event.category == Category.SPAN) {
                    spanArgument(event, key);
                }
                if (mayBeKernel(event)) {
                    ncclArgument(event.nccl, key);
                }
                if (event.category == Category.MEMORY) {
                    memoryArgument(event, key);
                }
                if (event.category == Category.COPY && key.equals("bytes")) {
                    event.bytes = number();
                }
            }
        }
    }

    /** Tools that rewrite traces may put the arguments before the category. */
    private static boolean mayBeKernel(Event event) {
        return event.category == Category.KERNEL || event.category == Category.SPAN;
    }

    private void memoryArgument(Event event, String key) throws IOException {
        switch (key) {
            case "Bytes" ->
                event.bytes = DecimalTime.ns(json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), 0);
            case "Total Allocated" -> event.total = number();
            case "Device Id" -> event.gpu = integer();
            case "Device Type" -> event.deviceType = integer();
            default -> {
                // Addresses and reserved bytes.
            }
        }
    }

    private void ncclArgument(NcclArguments nccl, String key) throws IOException {
        switch (key) {
            case "Collective name" -> nccl.collective = text();
            case "Process Group Name" -> nccl.group = text();
            case "Process Group Description" -> nccl.description = text();
            case "Process Group Ranks" -> nccl.ranks = text();
            case "Group size" -> nccl.size = integer();
            case "dtype" -> nccl.type = text();
            case "In msg nelems" -> nccl.sent = number();
            case "Out msg nelems" -> nccl.received = number();
            case "Src Rank" -> nccl.source = integer();
            case "Dst Rank" -> nccl.target = integer();
            default -> {
                return;
            }
        }
        nccl.said = true;
    }

    /** Of lists only the ranks of a group matter; newer versions write them so. */
    private void list(Event event, String key) throws IOException {
        if (mayBeKernel(event) && json.currentToken() == JsonToken.START_ARRAY && key.equals("Process Group Ranks")) {
            event.nccl.ranks = texts.intern(JsonLists.numbers(json));
            event.nccl.said = true;
        } else {
            json.skipChildren();
        }
    }

    private void spanArgument(Event event, String key) throws IOException {
        Optional<SpanField> field = fields.get(key);
        if (field == null) {
            field = SpanField.named(key);
            fields.put(key, field);
        }
        if (field.isPresent() && field.get() == SpanField.BYTES) {
            event.bytes = number();
        } else if (field.isPresent()) {
            event.said[field.get().ordinal()] = integer();
        }
    }

    private Category category() throws IOException {
        int id = categories.intern(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
        while (categoryOfName.size() <= id) {
            categoryOfName.add(Category.of(categories.get(categoryOfName.size())));
        }
        return categoryOfName.get(id);
    }

    private int text() throws IOException {
        return texts.intern(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
    }

    private long time() throws IOException {
        return DecimalTime.ns(
                json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), TimeUnit.US.power());
    }

    private int integer() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            return SpanNumbers.integer(json.getText());
        }
        long value = DecimalTime.ns(json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), 0);
        return value < 0 ? -1 : (int) value;
    }

    /** A whole number that may be large, -1 where there is none. */
    private long number() throws IOException {
        return Math.max(-1, DecimalTime.ns(json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), 0));
    }

    /** A process or thread: mostly a number, for some writers a name. */
    private long id() throws IOException {
        long number = DecimalTime.ns(json.getTextCharacters(), json.getTextOffset(), json.getTextLength(), 0);
        return number == DecimalTime.NONE || Event.isNamed(number) ? Event.namedId(text()) : number;
    }
}
