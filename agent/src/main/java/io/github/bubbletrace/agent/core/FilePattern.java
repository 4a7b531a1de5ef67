package io.github.bubbletrace.agent.core;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names of recordings: {@code %p} is the process id, {@code %t} the time, {@code %%} a percent sign. */
final class FilePattern {

    private static final String TIME = "yyyyMMdd-HHmmss";

    private FilePattern() {}

    static String expand(String pattern, long pid, LocalDateTime time) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || i + 1 == pattern.length()) {
                name.append(c);
                continue;
            }
            char key = pattern.charAt(++i);
            if (key == 'p') {
                name.append(pid);
            } else if (key == 't') {
                name.append(DateTimeFormatter.ofPattern(TIME, Locale.ROOT).format(time));
            } else if (key == '%') {
                name.append('%');
            } else {
                throw new AgentException("option 'file' has %" + key + "; use %p (process id), %t (time) or %%");
            }
        }
        return name.toString();
    }

    /** The name of part {@code number}, counted from 1, of a recording that is cut into several files. */
    static String part(String name, int number) {
        if (number == 1) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        boolean hasExtension = dot > name.lastIndexOf('/') + 1;
        return hasExtension ? name.substring(0, dot) + "." + number + name.substring(dot) : name + "." + number;
    }
}
