package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.StringPool;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** The trace's numbers of the texts of one pool, given when a text is first asked for. */
final class TextNumbers implements IntUnaryOperator {

    private final TextPool texts;
    private final StringPool strings;
    private int[] numbers = new int[0];

    TextNumbers(TextPool texts, StringPool strings) {
        this.texts = texts;
        this.strings = strings;
    }

    @Override
    public int applyAsInt(int text) {
        if (text >= numbers.length) {
            int known = numbers.length;
            numbers = Arrays.copyOf(numbers, Math.max(texts.size(), 2 * known));
            Arrays.fill(numbers, known, numbers.length, -1);
        }
        if (numbers[text] < 0) {
            numbers[text] = strings.intern(texts.get(text));
        }
        return numbers[text];
    }
}
