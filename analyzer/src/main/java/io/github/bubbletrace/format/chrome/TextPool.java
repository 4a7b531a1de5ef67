package io.github.bubbletrace.format.chrome;

import io.github.bubbletrace.trace.StringPool;

/** Finds texts in a string pool by their characters, so that a text seen before costs no new string. */
final class TextPool {

    /** Longest text kept of a name; longer ones are damage or whole messages. */
    private static final int MAX_LENGTH = 4096;

    private final StringPool strings;
    private int[] slots = new int[1024];
    private int[] hashes = new int[1024];
    private int used;

    TextPool(StringPool strings) {
        this.strings = strings;
    }

    /** The pool id of {@code text}. */
    int intern(String text) {
        return intern(text.toCharArray(), 0, text.length());
    }

    /** The pool id of the text. */
    int intern(char[] text, int offset, int length) {
        int size = Math.min(length, MAX_LENGTH);
        int hash = 0;
        for (int i = offset; i < offset + size; i++) {
            hash = hash * 31 + text[i];
        }
        int slot = slot(hash, slots.length);
        while (slots[slot] != 0) {
            if (hashes[slot] == hash && equal(strings.get(slots[slot] - 1), text, offset, size)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        int id = strings.intern(new String(text, offset, size));
        slots[slot] = id + 1;
        hashes[slot] = hash;
        used++;
        if (used * 2 > slots.length) {
            grow();
        }
        return id;
    }

    private void grow() {
        int[] oldSlots = slots;
        int[] oldHashes = hashes;
        slots = new int[oldSlots.length * 2];
        hashes = new int[oldSlots.length * 2];
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != 0) {
                int slot = slot(oldHashes[i], slots.length);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = oldSlots[i];
                hashes[slot] = oldHashes[i];
            }
        }
    }

    private static int slot(int hash, int size) {
        int mixed = hash * 0x9e3779b9;
        return (mixed ^ (mixed >>> 15)) & (size - 1);
    }

    private static boolean equal(String known, char[] text, int offset, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
