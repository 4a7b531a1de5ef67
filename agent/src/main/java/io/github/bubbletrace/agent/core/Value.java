package io.github.bubbletrace.agent.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a rule takes a number from: a constant, the thread's name, its CUDA device, or an argument (or {@code this}) and
 * what its methods and fields lead to, as {@code arg1.meta().index}. Immutable.
 */
final class Value {

    /** What {@link #argument} is for {@code this}. */
    static final int THIS = -1;

    private static final Pattern CONSTANT = Pattern.compile("\\d{1,9}");
    private static final Pattern CHAIN =
            Pattern.compile("(this|arg(\\d{1,3}))((?:\\.[\\p{javaJavaIdentifierPart}]+(?:\\(\\))?)*)");

    private final String text;
    private final Integer constant;
    private final int argument;
    private final List<String> steps;

    private Value(String text, Integer constant, int argument, List<String> steps) {
        this.text = text;
        this.constant = constant;
        this.argument = argument;
        this.steps = steps;
    }

    static Value constant(int number) {
        return new Value(String.valueOf(number), number, THIS, List.of());
    }

    /** Reads {@code text}; {@code special} are words with a meaning of their own. */
    static Value parse(String text, java.util.Map<String, Integer> special) {
        if (special.containsKey(text)) {
            return new Value(text, special.get(text), THIS, List.of());
        }
        if (CONSTANT.matcher(text).matches()) {
            return constant(Integer.parseInt(text));
        }
        Matcher chain = CHAIN.matcher(text);
        if (!chain.matches()) {
            List<String> words = new ArrayList<>(special.keySet());
            Collections.sort(words);
            throw new AgentException("'" + text + "' is no value; use a number, argN or this with methods or fields,"
                    + " such as arg1.index()" + (words.isEmpty() ? "" : ", or " + String.join(" or ", words)));
        }
        int argument = chain.group(2) == null ? THIS : Integer.parseInt(chain.group(2));
        String path = chain.group(3);
        return new Value(
                text,
                null,
                argument,
                path.isEmpty() ? List.of() : List.of(path.substring(1).split("\\.")));
    }

    boolean isConstant() {
        return constant != null;
    }

    int constant() {
        return constant;
    }

    /** Number of the argument, from 0, or {@link #THIS}. */
    int argument() {
        return argument;
    }

    /** Fields, and methods with their parentheses. */
    List<String> steps() {
        return Collections.unmodifiableList(steps);
    }

    @Override
    public String toString() {
        return text;
    }
}
