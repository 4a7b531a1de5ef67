package io.github.bubbletrace;

import java.util.Random;

/** Random numbers for tests that count their seeds from 0. */
public final class Seeds {

    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

    private Seeds() {}

    /** The numbers of {@code seed}; Java's own begin alike for all small seeds: their first boolean is always true. */
    public static Random random(long seed) {
        return new Random((seed + 1) * GOLDEN_RATIO);
    }
}
