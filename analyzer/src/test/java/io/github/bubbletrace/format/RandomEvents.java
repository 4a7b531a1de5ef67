package io.github.bubbletrace.format;

import io.github.bubbletrace.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Chrome traces with all that makes it hard to say where one event ends, cut and damaged as a seed decides. */
final class RandomEvents {

    private static final String[] NAMES = {
        "gemm",
        "}, {\\\"ph\\\": \\\"X\\\"",
        "\\\\",
        "ncclDevKernel_SendRecv",
        "it=0 stage=0 mb=1 phase=F",
        "\u00e9\u4e2d",
        "{",
        "]}"
    };
    private static final String[] SPACES = {"", " ", "\n", "\r\n  "};

    private final Random random;
    private final StringBuilder text = new StringBuilder();

    private RandomEvents(long seed) {
        random = Seeds.random(seed);
    }

    /** The bytes of a file. */
    static byte[] file(long seed) {
        RandomEvents events = new RandomEvents(seed);
        events.write();
        return events.damaged(events.text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void write() {
        boolean object = random.nextBoolean();
        text.append(random.nextInt(8) == 0 ? "\ufeff" : "")
                .append(object ? "{\"deviceProperties\": [{\"id\": 0}, {\"id\": 1}], \"traceEvents\": [" : "[");
        int count = 20 + random.nextInt(150);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : space() + "," + space()).append(element(i));
        }
        text.append(space()).append("]");
        if (object) {
            text.append(
                    ", \"other\": [{\"ph\": 1}, {\"ph\": 2}], \"distributedInfo\": {\"rank\": 1, \"world_size\": 2}");
            text.append(random.nextInt(8) == 0 ? ", \"traceEvents\": [" + element(7) + "," + element(8) + "]}" : "}");
        }
    }

    private String element(int i) {
        return switch (random.nextInt(12)) {
            case 0 ->
                "{\"args\": {\"list\": [{\"ph\": \"X\"}, {\"ph\": \"X\", \"cat\": \"kernel\"}]}, " + common(i) + "}";
            case 1 -> random.nextBoolean() ? "17" : "[{\"ph\": \"X\"}, {\"ph\": \"M\"}]";
            case 2 -> "{\"ph\": \"C\", \"name\": \"memory\", \"ts\": " + i + "}";
            case 3 -> "{\"ph\": \"s\", \"id\": " + i + ", \"cat\": \"ac2g\", \"pid\": 1, \"tid\": \"main\", \"ts\": 3}";
            case 4 -> "{\"ph\": \"X\", \"cat\": \"cpu_op\", \"name\": \"" + name() + "\", \"args\": {\"a\": [[], {}]}}";
            case 5 -> "{\"ph\": \"X\", \"cat\": \"cuda_runtime\", " + common(i) + "}";
            case 6 ->
                "{" + space() + "\"ph\": \"B\", \"pid\": \"" + name() + "\", \"ts\": " + i + ", \"name\": \"" + name()
                        + "\"}";
            case 7 -> "{\"ph\": \"E\", \"pid\": \"" + name() + "\", \"ts\": " + (i + 1) + "}";
            case 8 -> "{\"ph\": \"X\", \"cat\": \"user_annotation\", " + common(i) + "}";
            default -> "{\"ph\": \"X\", \"cat\": \"kernel\", " + common(i) + "}";
        };
    }

    private String common(int i) {
        return "\"name\": \"" + name() + "\"," + space() + "\"pid\": 3, \"tid\": 7, \"ts\": " + i + ".125, \"dur\": "
                + (random.nextInt(20) - 1) + ", \"args\": {\"correlation\": " + i + ", \"stream\": 7,"
                + " \"Collective name\": \"send\", \"Process Group Name\": \"" + name() + "\", \"Dst Rank\": 1}";
    }

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    private String space() {
        return SPACES[random.nextInt(SPACES.length)];
    }

    private byte[] damaged(byte[] bytes) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> {
                for (int hit = 0; hit < 3; hit++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                yield bytes;
            }
            default -> bytes;
        };
    }
}
