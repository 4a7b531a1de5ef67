package io.github.bubbletrace.cli;

import io.github.bubbletrace.schedule.AutomaticZeroBubble;
import io.github.bubbletrace.schedule.ScheduleKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code --schedule} names.
 *
 * @param known a kind with orders of its own; empty for an order made to measure
 */
record ScheduleChoice(Optional<ScheduleKind> known) {

    /** The choice of that name, if there is one. */
    static Optional<ScheduleChoice> of(String key) {
        return all().filter(choice -> choice.key().equals(key)).findFirst();
    }

    /** Every choice. */
    static Stream<ScheduleChoice> all() {
        return Stream.concat(
                Arrays.stream(ScheduleKind.values()).map(kind -> new ScheduleChoice(Optional.of(kind))),
                Stream.of(new ScheduleChoice(Optional.empty())));
    }

    String key() {
        return known.map(ScheduleKind::key).orElse(AutomaticZeroBubble.KEY);
    }

    boolean isAutomatic() {
        return known.isEmpty();
    }

    boolean isAsynchronous() {
        return known.filter(kind -> kind == ScheduleKind.PIPEDREAM).isPresent();
    }

    boolean takesGroups() {
        return known.filter(kind -> kind == ScheduleKind.INTERLEAVED || kind == ScheduleKind.FORWARD)
                .isPresent();
    }

    int usualChunks() {
        return known.map(ScheduleKind::usualChunks).orElse(1);
    }

    boolean splitsBackward() {
        return known.map(ScheduleKind::splitsBackward).orElse(true);
    }
}
