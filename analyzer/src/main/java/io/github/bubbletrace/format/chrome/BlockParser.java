package io.github.bubbletrace.format.chrome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Parses single blocks as if the file were read from its start. A block was cut between two events if its last event
 * ends, and the list goes on, just where it was cut; then the next block begins with an event, whatever its bytes look
 * like. A block that fails this is left to be read in order.
 */
final class BlockParser {

    private final JsonFactory factory;
    private volatile String before = "";

    BlockParser(JsonFactory factory) {
        this.factory = factory;
    }

    /** What must stand before a block, other than the first, to make it a list of events. */
    String before() {
        return before;
    }

    /** Parses the first block; what stands before the list goes to {@code info}. */
    void first(Block block, JobInfo info) {
        parse(block, Block.ROOM, json -> {
            JsonToken token = json.nextToken();
            before = token == JsonToken.START_OBJECT ? "{\"traceEvents\":[" : "[";
            while (token == JsonToken.START_OBJECT && json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                if (json.nextToken() == JsonToken.START_ARRAY && key.equals("traceEvents")) {
                    return true;
                }
                info.read(json, key);
            }
            return token == JsonToken.START_ARRAY;
        });
    }

    /** Parses any other block. */
    void next(Block block) {
        byte[] text = before.getBytes(StandardCharsets.US_ASCII);
        int from = Block.ROOM - text.length;
        System.arraycopy(text, 0, block.bytes, from, text.length);
        parse(block, from, json -> {
            JsonToken token = json.nextToken();
            while (token != null && token != JsonToken.START_ARRAY) {
                token = json.nextToken();
            }
            return token != null;
        });
    }

    /** Goes to the start of the list of events. */
    private interface Entry {
        boolean enter(JsonParser json) throws IOException;
    }

    private void parse(Block block, int from, Entry entry) {
        if (block.comma < 0) {
            return;
        }
        block.batch.clear();
        block.bytes[block.comma] = ']';
        try (JsonParser json = factory.createParser(block.bytes, from, block.comma + 1 - from)) {
            if (entry.enter(json)) {
                EventList.read(json, new EventParser(block.batch.texts(), block.batch.counts()), block.batch);
                long end = json.currentTokenLocation().getByteOffset();
                block.isClean = end == block.comma - from && !block.batch.isFull();
            }
        } catch (IOException e) {
            block.isClean = false;
        } finally {
            block.bytes[block.comma] = ',';
        }
    }
}
