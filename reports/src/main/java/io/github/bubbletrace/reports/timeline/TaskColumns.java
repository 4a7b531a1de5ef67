package io.github.bubbletrace.reports.timeline;

import java.util.List;

/** The columns of tasks, one lane after the other. */
final class TaskColumns {

    final Varints counts = new Varints();
    final Varints starts = new Varints();
    final Varints lengths = new Varints();
    final Varints windows = new Varints();
    final Varints phases = new Varints();
    final Varints chunks = new Varints();
    final Varints microBatches = new Varints();
    final Varints idealStarts = new Varints();
    final Varints idealLengths = new Varints();
    final Varints joined = new Varints();

    /** All of them, in the order of the file. */
    List<Varints> inOrder() {
        return List.of(
                counts, starts, lengths, windows, phases, chunks, microBatches, idealStarts, idealLengths, joined);
    }
}
