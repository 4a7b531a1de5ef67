package io.github.bubbletrace.event;

/** Reads labels such as {@code it=0 stage=2 mb=3 phase=F} in names of ranges. */
final class RangeName {

    private RangeName() {}

    /** Opens the span that {@code name} says; null where it names no stage and micro-batch. */
    static StageEvent open(String name) {
        int stage = number(name, "stage=");
        int microBatch = number(name, "mb=");
        if (stage < 0 || microBatch < 0) {
            return null;
        }
        int phase = name.indexOf("phase=");
        char letter = phase < 0 || phase + 6 >= name.length() ? 'F' : name.charAt(phase + 6);
        return Spans.enter(stage, microBatch, number(name, "it="), letter);
    }

    private static int number(String name, String key) {
        int at = name == null ? -1 : name.indexOf(key);
        boolean isWord = at == 0 || (at > 0 && name.charAt(at - 1) == ' ');
        return isWord ? Values.number(name.substring(at + key.length())) : Spans.UNKNOWN;
    }
}
