package io.github.bubbletrace.format.chrome;

import java.util.Arrays;

/** Numbers texts by their characters, so that a text seen before costs no new string. */
final class TextPool {

    /** Longest text kept of a name; longer ones are damage or whole messages. */
    private static final int MAX_LENGTH = 4096;

    private static final int FEW = 1024;

    private String[] texts = new String[FEW];
    private int[] slots = new int[FEW];
    private int[] hashes = new int[FEW];
    private int size;

    /** How many texts there are. */
    int size() {
        return size;
    }

    /** The text numbered {@code id}. */
    String get(int id) {
        return texts[id];
    }

    /** Forgets all texts. */
    void clear() {
        Arrays.fill(slots, 0);
        Arrays.fill(texts, 0, size, null);
        size = 0;
    }

    /** The number of {@code text}. */
    int intern(String text) {
        return intern(text.toCharArray(), 0, text.length());
    }

    /** The number of a text. */
    int intern(char[] text, int offset, int length) {
        int kept = Math.min(length, MAX_LENGTH);
        int hash = 0;
        for (int i = offset; i < offset + kept; i++) {
            hash = hash * 31 + text[i];
        }
        int slot = slot(hash, slots.length);
        while (slots[slot] != 0) {
            if (hashes[slot] == hash && equal(texts[slots[slot] - 1], text, offset, kept)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return add(slot, hash, new String(text, offset, kept));
    }

    private int add(int slot, int hash, String text) {
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, size * 2);
        }
        texts[size++] = text;
        slots[slot] = size;
        hashes[slot] = hash;
        if (size * 2 > slots.length) {
            grow();
        }
        return size - 1;
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
