package io.github.bubbletrace.exports;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** One kind of damage to a trace of text, JSON or CSV, within its packing. */
enum TextMutation implements Damage {
    ODD_NUMBERS("-?\\d+(\\.\\d+)?") {
        @Override
        String changed(String number, Random random) {
            return pick(
                    random,
                    "-" + number,
                    number + "000000",
                    "0",
                    "-1",
                    "NaN",
                    "1e999",
                    "9223372036854775808",
                    "0.000000000001",
                    "null",
                    "\"x\"",
                    "");
        }
    },
    ODD_WORDS("[A-Za-z_]{2,}") {
        @Override
        String changed(String word, Random random) {
            return pick(
                    random,
                    "<script>alert(1)</script>",
                    word + word,
                    "x".repeat(10_000),
                    "\u0000\u001b[2J",
                    "\u202e",
                    "\\ud800",
                    "");
        }
    },
    ODD_SIGNS("[\\[\\]{},:\"]") {
        @Override
        String changed(String sign, Random random) {
            return pick(random, "", sign + sign, "{", "[", "]", "}", "\"", ",");
        }
    },
    LOST_EVENTS("\\{[^{}]*\\}|(?m)^[^\n{}]+\n") {
        @Override
        String changed(String event, Random random) {
            return event.startsWith("{") ? "{}" : "";
        }
    },
    REPEATED_EVENTS("\\{[^{}]*\\}|(?m)^[^\n{}]+\n") {
        @Override
        String changed(String event, Random random) {
            return event.startsWith("{") ? event + ',' + event : event + event;
        }
    };

    private final Pattern place;

    TextMutation(String place) {
        this.place = Pattern.compile(place);
    }

    /** What stands at a place from then on. */
    abstract String changed(String text, Random random);

    @Override
    public void apply(Path file, Random random) throws IOException, SQLException {
        byte[] bytes = Files.readAllBytes(file);
        boolean packed = bytes.length > 1 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        try {
            String text = new String(packed ? unpacked(bytes) : bytes, StandardCharsets.UTF_8);
            byte[] changed = changeSome(text, random).getBytes(StandardCharsets.UTF_8);
            Files.write(file, packed ? packed(changed) : changed);
        } catch (IOException e) {
            // Damaged before, so that it cannot be unpacked: more of that damage.
            Mutation.FLIP_BYTES.apply(file, random);
        }
    }

    private String changeSome(String text, Random random) {
        List<int[]> places = new ArrayList<>();
        Matcher matcher = place.matcher(text);
        while (matcher.find()) {
            places.add(new int[] {matcher.start(), matcher.end()});
        }
        boolean[] chosen = new boolean[places.size()];
        for (int i = 1 + random.nextInt(10); i > 0 && chosen.length > 0; i--) {
            chosen[random.nextInt(chosen.length)] = true;
        }
        StringBuilder changed = new StringBuilder();
        int at = 0;
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i]) {
                changed.append(text, at, places.get(i)[0])
                        .append(changed(text.substring(places.get(i)[0], places.get(i)[1]), random));
                at = places.get(i)[1];
            }
        }
        return changed.append(text, at, text.length()).toString();
    }

    private static byte[] unpacked(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
