package io.github.bubbletrace.simulation;

import io.github.bubbletrace.schedule.Action;

/**
 * Something that a rank launches on its device: a task, one side of a transfer, or one side of two that go both ways.
 *
 * @param iteration the iteration it belongs to
 * @param role task, send, receive or both
 * @param action the task itself; for a transfer the task on this device that it comes from or else leads to
 * @param peer place of the device on the other side of a transfer; -1 for a task
 * @param lane 0, or 1 for a task that runs side by side with another
 * @param isSkip whether it is a transfer past the next stage, which no label names
 * @param startNs start of its first kernel on the run's clock
 * @param endNs end of its last kernel on the run's clock
 */
record DeviceOp(int iteration, Role role, Action action, int peer, int lane, boolean isSkip, long startNs, long endNs) {

    /** In the order in which a rank launches what starts at the same moment. */
    enum Role {
        SEND,
        /** Sends and receives in one kernel. */
        EXCHANGE,
        RECEIVE,
        TASK
    }

    boolean isTask() {
        return role == Role.TASK;
    }
}
