package io.github.bubbletrace.agent.core;

import io.github.bubbletrace.event.Spans;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which methods are stage methods, and where their stage, micro-batch, iteration and phase come from:
 * {@code pkg.Class#method(stage=arg0,microbatch=arg1.index(),phase=F)}. A plus after the class means its subtypes too;
 * {@code method(int,pkg.Batch)(...)} one of several methods of a name. Immutable.
 */
final class Rule {

    private static final Pattern FORM = Pattern.compile(
            "([\\p{javaJavaIdentifierPart}.]+)(\\+?)#([\\p{javaJavaIdentifierPart}]+)(\\([^()=]*\\))?(?:\\((.*)\\))?");
    private static final Map<String, Integer> STAGE_WORDS = Map.of("thread", Spans.THREAD, "device", Spans.DEVICE);
    private static final Set<String> PHASES = Set.of("F", "B", "W", "R", "P", "D", "V", "S");
    private static final String EXAMPLE = "pkg.Class#method(stage=arg0,microbatch=arg1.index(),phase=F)";

    private final String text;
    private final String type;
    private final boolean subtypes;
    private final String method;
    private final List<String> parameters;
    private final Map<String, Value> values;
    private final char phase;

    private Rule(
            String text,
            String type,
            boolean subtypes,
            String method,
            List<String> parameters,
            Map<String, Value> values,
            char phase) {
        this.text = text;
        this.type = type;
        this.subtypes = subtypes;
        this.method = method;
        this.parameters = parameters;
        this.values = values;
        this.phase = phase;
    }

    /**
     * Reads a rule.
     *
     * @throws AgentException where it is none
     */
    static Rule parse(String text) {
        Matcher form = FORM.matcher(text.replaceAll("\\s+", ""));
        if (!form.matches()) {
            throw new AgentException("'" + text + "' is no rule; write " + EXAMPLE);
        }
        String types = form.group(4);
        List<String> parameters = types == null || (form.group(5) == null && types.equals("()"))
                ? null
                : types.equals("()")
                        ? List.of()
                        : List.of(types.substring(1, types.length() - 1).split(","));
        return of(text, form.group(1), !form.group(2).isEmpty(), form.group(3), parameters, form.group(5));
    }

    /** The rule of a method whose annotation says {@code attributes}. */
    static Rule annotated(String type, String method, String attributes) {
        return of("@PipelineStage(\"" + attributes + "\")", type, false, method, null, attributes);
    }

    private static Rule of(
            String text, String type, boolean subtypes, String method, List<String> parameters, String attributes) {
        Map<String, Value> values = new HashMap<>();
        String phase = "F";
        for (String pair : attributes == null || attributes.isBlank() ? List.<String>of() : pairs(attributes)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals).strip();
            String value = pair.substring(equals + 1).strip();
            if (key.equals("phase")) {
                phase = value;
            } else if (equals > 0 && Set.of("stage", "microbatch", "iteration").contains(key)) {
                values.put(key, value(text, key, value));
            } else {
                throw new AgentException(
                        "rule '" + text + "': unknown '" + key + "'; use stage, microbatch, iteration, phase");
            }
        }
        if (!PHASES.contains(phase)) {
            throw new AgentException("rule '" + text + "': phase is '" + phase + "'; use F, B, W, R, P, D, V or S");
        }
        return new Rule(text, type, subtypes, method, parameters, values, phase.charAt(0));
    }

    private static Value value(String text, String key, String value) {
        try {
            return Value.parse(value, key.equals("stage") ? STAGE_WORDS : Map.of());
        } catch (AgentException e) {
            throw new AgentException("rule '" + text + "': " + e.getMessage(), e);
        }
    }

    private static List<String> pairs(String attributes) {
        List<String> pairs = new ArrayList<>();
        for (String pair : attributes.split(",", -1)) {
            pairs.add(pair.strip());
        }
        return pairs;
    }

    /** The same for a library, whose stage is what the thread's name or its CUDA device says. */
    Rule ofLibrary() {
        Map<String, Value> known = new HashMap<>(values);
        known.put("stage", Value.constant(Spans.LIBRARY));
        return new Rule(text, type, subtypes, method, parameters, known, phase);
    }

    /** Full name of the class, with a dollar before nested ones. */
    String type() {
        return type;
    }

    /** Whether classes that extend or implement the class are meant too. */
    boolean hasSubtypes() {
        return subtypes;
    }

    String method() {
        return method;
    }

    /** Names of the parameters' types, in full or without package; null means any. */
    List<String> parameters() {
        return parameters;
    }

    /** Without a stage, the thread's name says it. */
    Value stage() {
        return values.getOrDefault("stage", Value.parse("thread", STAGE_WORDS));
    }

    Value microBatch() {
        return values.getOrDefault("microbatch", Value.constant(Spans.UNKNOWN));
    }

    Value iteration() {
        return values.getOrDefault("iteration", Value.constant(Spans.UNKNOWN));
    }

    char phase() {
        return phase;
    }

    @Override
    public String toString() {
        return text;
    }
}
