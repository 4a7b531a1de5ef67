package io.github.bubbletrace.format.chrome;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A block is taken only where the one before it ends between two events. */
class BlockParserTest {

    private static final int EVENTS = 200;
    private static final int BLOCK = 1000;

    @Test
    void plainEventsAreCutBetweenThem() {
        List<Block> blocks = parsed("{\"traceEvents\": [", "{\"ph\": \"M\", \"name\": \"a\", \"args\": {\"b\": [1]}}");
        List<Block> cut = blocks.subList(0, blocks.size() - 1);
        assertThat(cut).hasSizeGreaterThan(5).allMatch(block -> block.isClean);
        assertThat(cut.stream().mapToInt(block -> block.batch.size()).sum()).isBetween(EVENTS - 25, EVENTS - 1);
    }

    @Test
    void aCutInsideAnEventIsFound() {
        List<Block> blocks = parsed(
                "[",
                "{\"ph\": \"M\", \"args\": {\"list\": [{\"x\": 1}, {\"x\": 2}, {\"x\": 3}" + ", {\"x\": 4}".repeat(60)
                        + "]}}");
        assertThat(blocks).hasSizeGreaterThan(5).anyMatch(block -> !block.isClean && !block.isLast);
    }

    private static List<Block> parsed(String before, String event) {
        String text = before + (event + ",\n").repeat(EVENTS - 1) + event + "]" + (before.length() > 1 ? "}" : "");
        BlockCutter cutter = new BlockCutter(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), BLOCK);
        BlockParser parser = new BlockParser(new JsonFactory());
        List<Block> blocks = new ArrayList<>();
        do {
            Block block = new Block(BLOCK);
            cutter.fill(block);
            if (blocks.isEmpty()) {
                parser.first(block, new JobInfo(new Groups()));
            } else {
                parser.next(block);
            }
            blocks.add(block);
        } while (!blocks.get(blocks.size() - 1).isLast);
        return blocks;
    }
}
