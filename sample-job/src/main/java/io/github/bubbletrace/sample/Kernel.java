package io.github.bubbletrace.sample;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;

/** What stands for the work of a GPU. */
enum Kernel {
    /** A wait of fixed length, as for a GPU of one's own: any number of stages fit on any machine. */
    WAIT {
        @Override
        void run(long ns) {
            long end = System.nanoTime() + ns;
            for (long left = ns; left > 0; left = end - System.nanoTime()) {
                if (left > SPIN_NS) {
                    LockSupport.parkNanos(left - SPIN_NS);
                } else {
                    Thread.onSpinWait();
                }
            }
        }
    },
    /** A fixed amount of arithmetic: whatever stops the JVM makes it longer. */
    SPIN {
        @Override
        void run(long ns) {
            long steps = ns * StepSpeed.STEPS_PER_MS / 1_000_000;
            if (arithmetic(steps) == 42) {
                throw new IllegalStateException("arithmetic is broken");
            }
        }
    };

    /** Timers wake up later than asked; the rest is spun. */
    private static final long SPIN_NS = 100_000;

    /** Works for about {@code ns} nanoseconds. */
    abstract void run(long ns);

    private static long arithmetic(long steps) {
        long x = 1;
        for (long i = 0; i < steps; i++) {
            x = x * 6364136223846793005L + 1442695040888963407L;
        }
        return x;
    }

    /** How fast this machine computes, by processor time: other programs make it no slower. */
    private static final class StepSpeed {

        static final long STEPS_PER_MS = measure();

        private static long measure() {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long steps = 10_000_000;
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 10; i++) {
                long start = threads.getCurrentThreadCpuTime();
                if (arithmetic(steps + i) == 42) {
                    throw new IllegalStateException("arithmetic is broken");
                }
                best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
            }
            return Math.max(1, steps * 1_000_000 / Math.max(1, best));
        }
    }
}
