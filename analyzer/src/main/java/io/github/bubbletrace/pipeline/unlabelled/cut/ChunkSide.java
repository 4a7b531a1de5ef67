package io.github.bubbletrace.pipeline.unlabelled.cut;

/** Which of the two chunks that a device of a V holds. */
enum ChunkSide {
    /** The one on the way to the last device. */
    DOWN,
    /** The one on the way back. */
    UP,
    /** Nothing in the task itself tells. */
    EITHER;

    static ChunkSide of(boolean isDown) {
        return isDown ? DOWN : UP;
    }
}
