package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;

/**
 * Whether kernels after which nothing is sent are weight gradients: as many programmes as there are backwards, all alike.
 * What runs once an iteration (an optimizer) is never followed by another of its kind nor by a backward.
 */
public final class Weights {

    /** So many of the tasks of a phase run the same programme. */
    public static final double ALIKE = 0.9;

    private Weights() {}

    static boolean show(DeviceWork work, Cut cut, int backwards) {
        Tasks weight = cut.weight();
        return weight.size() > 1
                && 2 * weight.size() >= backwards
                && weight.likeness(work) >= ALIKE
                && isWithinIterations(cut);
    }

    private static boolean isWithinIterations(Cut cut) {
        Tasks weight = cut.weight();
        Tasks backward = cut.backward();
        int b = 0;
        for (int w = 0; w < weight.size(); w++) {
            while (b < backward.size() && backward.first(b) < weight.end(w)) {
                b++;
            }
            boolean another = w + 1 < weight.size() && weight.first(w + 1) == weight.end(w);
            if (another || (b < backward.size() && backward.first(b) == weight.end(w))) {
                return true;
            }
        }
        return false;
    }
}
