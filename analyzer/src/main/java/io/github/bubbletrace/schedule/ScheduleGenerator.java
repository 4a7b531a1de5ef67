package io.github.bubbletrace.schedule;

import java.util.List;
import java.util.Optional;

/** Writes the order of every device for one kind of schedule. */
interface ScheduleGenerator {

    /** The order that the kind is best known for. */
    Schedule generate(Shape shape);

    /** Every order that goes by this kind's name, {@link #generate} first. */
    default List<Schedule> variants(Shape shape) {
        return List.of(generate(shape));
    }

    /** Every order of the name that {@code recorded} may be. */
    default List<Schedule> variants(Shape shape, RecordedIteration recorded) {
        return variants(shape);
    }

    /** Why the kind has no schedule of this shape; empty where it has one. */
    default Optional<String> refusal(Shape shape) {
        return Optional.empty();
    }

    /** Whether the kind's orders of this shape are those of an earlier kind, under another name. */
    default boolean isAlias(Shape shape) {
        return false;
    }

    /** How many chunks a device has where nobody says. */
    default int usualChunks() {
        return 1;
    }

    /** A refusal of all shapes but those with {@code chunks} chunks per device. */
    static Optional<String> onlyChunks(int chunks, String kind, Shape shape) {
        return shape.chunksPerDevice() == chunks
                ? Optional.empty()
                : Optional.of(kind + " has " + (chunks == 1 ? "one chunk" : chunks + " chunks") + " per device");
    }
}
