package io.github.bubbletrace.agent.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the option string says: an action, then {@code key=value} separated by commas. Commas within parentheses, and
 * whatever follows a backslash, belong to the value. Immutable.
 */
final class Options {

    /** What a command asks for. */
    enum Action {
        /** Instrument and record. */
        START,
        /** End the recording and write its file. */
        STOP,
        /** Write what was recorded so far, and go on. */
        DUMP,
        /** Say what is going on. */
        STATUS,
        /** Stop, and undo the instrumentation. */
        DETACH
    }

    private static final Set<String> KEYS = Set.of(
            "file",
            "config",
            "stages",
            "rule",
            "libraries",
            "queues",
            "hooks",
            "cupti",
            "recording",
            "maxsize",
            "rotate",
            "late",
            "replica");

    private final Action action;
    private final Map<String, List<String>> values;

    private Options(Action action, Map<String, List<String>> values) {
        this.action = action;
        this.values = values;
    }

    /**
     * Reads {@code text}.
     *
     * @throws AgentException where it says something unknown
     */
    static Options parse(String text) {
        List<String> words = split(text);
        Action action = Action.START;
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            if (i == 0 && equals < 0 && !word.isEmpty()) {
                action = action(word);
            } else if (!word.isEmpty()) {
                add(values, word, equals);
            }
        }
        return new Options(action, values);
    }

    /** The same with what {@code lines} of a file say, each a rule or {@code key=value}; what is here already wins. */
    Options with(List<String> lines, String file) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        values.forEach((key, list) -> all.put(key, new ArrayList<>(list)));
        int number = 0;
        for (String line : lines) {
            number++;
            String word = line.strip();
            if (word.isEmpty() || word.startsWith("#")) {
                continue;
            }
            int equals = word.indexOf('=');
            boolean isRule = word.indexOf('#') > 0 && (equals < 0 || word.indexOf('#') < equals);
            try {
                if (isRule || word.startsWith("rule=")) {
                    add(all, isRule ? "rule=" + word : word, 4);
                } else if (equals < 0 || !values.containsKey(word.substring(0, equals))) {
                    add(all, word, equals);
                }
            } catch (AgentException e) {
                throw new AgentException(file + " line " + number + ": " + e.getMessage(), e);
            }
        }
        return new Options(action, all);
    }

    private static Action action(String word) {
        for (Action known : Action.values()) {
            if (known.name().equalsIgnoreCase(word)) {
                return known;
            }
        }
        throw new AgentException("unknown action '" + word + "'; use start, stop, dump, status or detach");
    }

    private static void add(Map<String, List<String>> values, String word, int equals) {
        String key = equals < 0 ? word : word.substring(0, equals).strip();
        if (equals < 0 || !KEYS.contains(key)) {
            throw new AgentException("unknown option '" + key + "'; known are "
                    + String.join(", ", KEYS.stream().sorted().toArray(String[]::new)));
        }
        List<String> list = values.computeIfAbsent(key, k -> new ArrayList<>());
        if (!list.isEmpty() && !key.equals("rule")) {
            throw new AgentException("option '" + key + "' is given twice; give it once");
        }
        list.add(word.substring(equals + 1).strip());
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ',') {
                word.append(text.charAt(++i));
            } else if (c == ',' && depth <= 0) {
                words.add(word.toString().strip());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString().strip());
        return words;
    }

    Action action() {
        return action;
    }

    /** The value of {@code key}, or null. */
    String get(String key) {
        List<String> list = values.get(key);
        return list == null ? null : list.get(0);
    }

    List<String> rules() {
        return Collections.unmodifiableList(values.getOrDefault("rule", List.of()));
    }

    boolean isOn(String key, boolean otherwise) {
        return choice(key, otherwise ? "on" : "off", "on", "off").equals("on");
    }

    /** The value of {@code key}, which must be one of {@code allowed}. */
    String choice(String key, String otherwise, String... allowed) {
        String value = get(key);
        if (value != null && !List.of(allowed).contains(value)) {
            throw new AgentException("option '" + key + "' is '" + value + "'; use " + String.join(" or ", allowed));
        }
        return value == null ? otherwise : value;
    }

    /** The pattern of thread names, or null. */
    Pattern stages() {
        String value = get("stages");
        try {
            return value == null ? null : Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new AgentException("option 'stages' is no regular expression: " + e.getDescription(), e);
        }
    }

    /** Replica and number of replicas. */
    int[] replica() {
        String value = get("replica");
        if (value == null) {
            return new int[] {0, 1};
        }
        try {
            String[] parts = value.split("/", -1);
            int replica = Integer.parseInt(parts[0]);
            int replicas = Integer.parseInt(parts[1]);
            if (replica >= 0 && replica < replicas && parts.length == 2) {
                return new int[] {replica, replicas};
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            // Said below.
        }
        throw new AgentException("option 'replica' is '" + value + "'; use NUMBER/HOW-MANY, such as 0/2");
    }
}
