package io.github.bubbletrace.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Distinct strings of one trace, numbered from 0 in the order they were first seen. */
public final class StringPool {

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> strings = new ArrayList<>();

    /** The number of {@code text}, which is added where it is new. */
    public int intern(String text) {
        Integer known = ids.get(text);
        if (known != null) {
            return known;
        }
        int id = strings.size();
        ids.put(text, id);
        strings.add(text);
        return id;
    }

    /** The string numbered {@code id}. */
    public String get(int id) {
        return strings.get(id);
    }

    /** How many distinct strings there are. */
    public int size() {
        return strings.size();
    }
}
