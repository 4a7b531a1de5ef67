package io.github.bubbletrace.schedule;

import java.util.Arrays;

/** Numbers actions in the order in which they are added, and finds their numbers again. */
final class ActionNumbers {

    private final Action[] actions;
    private final int[] slots;
    private int count;

    /** Room for {@code most} actions. */
    ActionNumbers(int most) {
        actions = new Action[most];
        slots = new int[Integer.highestOneBit(Math.max(8, most)) << 2];
        Arrays.fill(slots, -1);
    }

    /** Gives {@code action} the next number; false where it has one already. */
    boolean add(Action action) {
        int slot = slot(action);
        if (slots[slot] >= 0) {
            return false;
        }
        slots[slot] = count;
        actions[count++] = action;
        return true;
    }

    /** The number of {@code action}, or -1. */
    int of(Action action) {
        return slots[slot(action)];
    }

    /** The action with a number. */
    Action action(int number) {
        return actions[number];
    }

    /** How many actions there are. */
    int count() {
        return count;
    }

    private int slot(Action action) {
        int slot = action.hashCode() & (slots.length - 1);
        while (slots[slot] >= 0 && !actions[slots[slot]].equals(action)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}
