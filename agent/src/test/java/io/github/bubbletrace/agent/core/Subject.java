package io.github.bubbletrace.agent.core;

import java.util.function.Supplier;

/** Methods of all kinds to put code into. */
@SuppressWarnings("UnusedMethod") // called by reflection
final class Subject {

    private int field = 7;

    int number() {
        return field;
    }

    static long wideArguments(long first, double second, int third, long fourth) {
        first += third;
        return first + (long) (second * 2) + fourth;
    }

    float changesItsArguments(String text, int number, long wide) {
        text = text + number;
        number = text.length();
        wide = number * wide;
        return wide;
    }

    double manyReturns(int number) {
        for (int i = 0; i < 10; i++) {
            double half = i / 2.0;
            if (half > number) {
                return half;
            }
        }
        return -1;
    }

    void nothing() {
        field++;
    }

    boolean truth(int number) {
        return number > 2;
    }

    char letter(int number) {
        return switch (number) {
            case 1 -> 'a';
            case 3 -> 'c';
            default -> 'z';
        };
    }

    int[] array(int number) {
        return number < 0 ? null : this.field < 0 ? new int[number] : null;
    }

    synchronized String locked(String text) {
        synchronized (text) {
            return text + field;
        }
    }

    @SuppressWarnings("Finally")
    static int swallows(int number) {
        while (true) {
            try {
                if (number > 0) {
                    throw new IllegalArgumentException("mine");
                }
                return 1;
            } catch (Throwable e) {
                number = -1;
            } finally {
                number--;
            }
        }
    }

    static String seesNothingOfOurs(String text) {
        try {
            return text.trim();
        } catch (Throwable e) {
            return "seen " + e;
        }
    }

    String throwsOn(String text) {
        if (field > 0) {
            throw new IllegalStateException(text);
        }
        return text;
    }

    static int throwsFromWithin(int number) {
        int left = number;
        try {
            return 1 / (left - number);
        } finally {
            left++;
        }
    }

    static Object lambda(String text) {
        Supplier<String> supplier = () -> text + "!";
        return supplier.get();
    }
}
