package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.Communicator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PyTorch's process groups: the file's own list of them, and what kernels say of theirs. */
final class Groups {

    private static final Pattern RANKS = Pattern.compile("\\[\\s*\\d{1,7}(\\s*,\\s*\\d{1,7})*\\s*]");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final Map<String, Communicator> listed = new HashMap<>();

    /** Notes a group of the file's list; {@code ranks} as PyTorch writes them. */
    void list(String name, String description, int size, String ranks) {
        listed.putIfAbsent(name, new Communicator(name, description, size, ranks(ranks)));
    }

    /** The group that a kernel names, with what the list says of it where the kernel does not. */
    Communicator group(String name, String description, int size, String ranks) {
        List<Integer> own = ranks(ranks);
        Communicator known = listed.get(name);
        boolean same = known != null && (own.isEmpty() || known.ranks().isEmpty() || own.equals(known.ranks()));
        if (!same) {
            return new Communicator(name, description, size, own);
        }
        return new Communicator(
                name,
                description.isEmpty() ? known.description() : description,
                size < 0 ? known.size() : size,
                own.isEmpty() ? known.ranks() : own);
    }

    /** The ranks of {@code [0, 2, 4]}; none where the list is shortened, as {@code [0, 1, ..., 63]}. */
    static List<Integer> ranks(String text) {
        List<Integer> ranks = new ArrayList<>();
        if (RANKS.matcher(text).matches()) {
            Matcher number = NUMBER.matcher(text);
            while (number.find()) {
                ranks.add(Integer.parseInt(number.group()));
            }
        }
        return ranks;
    }
}
