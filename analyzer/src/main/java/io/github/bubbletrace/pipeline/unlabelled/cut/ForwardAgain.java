package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where backwards begin with their forward's kernels over again, those are a task of their own, a recomputation: the whole programme
 * of a forward of the same device, name by name, before kernels of which some have names that no forward has. Where only
 * some backwards begin so, what is left of them must be what the others run. A forward of one name alone says less, so its
 * recomputation must also take as long.
 */
public final class ForwardAgain {

    /** A programme that fewer of a phase's tasks run is an accident. */
    private static final double FREQUENT = 0.1;

    /** So many backwards may lack it where a capture cuts them off. */
    private static final double CUT_OFF = 0.02;

    /** The same kernels take about as long again. */
    private static final double MOST_LONGER = 1.5;

    private final DeviceWork work;
    private final Cut cut;
    private final List<int[]> programmes;
    private final Set<Integer> names = new HashSet<>();

    private ForwardAgain(DeviceWork work, Cut cut) {
        this.work = work;
        this.cut = cut;
        programmes = cut.forward().usualProgrammes(work, FREQUENT);
        programmes.forEach(programme -> Arrays.stream(programme).forEach(names::add));
    }

    /** {@code cut} with the recomputations that its backwards begin with as tasks of their own. */
    public static Cut parted(DeviceWork work, Cut cut) {
        ForwardAgain again = new ForwardAgain(work, cut);
        int[] lengths = again.lengths();
        return cut.recomputed().of().size() > 0 || again.isPlain(lengths) ? cut : again.parted(lengths);
    }

    /** For each backward how many kernels of a forward it begins with. */
    private int[] lengths() {
        Tasks backward = cut.backward();
        int[] lengths = new int[backward.size()];
        for (int t = 0; t < lengths.length; t++) {
            lengths[t] = length(backward.first(t), backward.end(t));
        }
        return lengths;
    }

    private int length(int first, int end) {
        for (int[] programme : programmes) {
            if (isAt(programme, first, end) && hasOwnName(first + programme.length, end)) {
                return programme.length;
            }
        }
        return 0;
    }

    private boolean isAt(int[] programme, int first, int end) {
        boolean is = programme.length < end - first;
        for (int i = 0; is && i < programme.length; i++) {
            is = work.name(first + i) == programme[i];
        }
        return is;
    }

    private boolean hasOwnName(int first, int end) {
        for (int kernel = first; kernel < end; kernel++) {
            if (!names.contains(work.name(kernel))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the backwards are as they seem. */
    private boolean isPlain(int[] lengths) {
        long again = Arrays.stream(lengths).filter(length -> length > 0).count();
        if (again == 0 || again < FREQUENT * lengths.length) {
            return true;
        }
        if (again < (1 - CUT_OFF) * lengths.length && !othersAreAlike(lengths)) {
            return true;
        }
        return names.size() == 1 && !takesAsLong(lengths);
    }

    /** Whether backwards that recompute nothing run what is left of those that do. */
    private boolean othersAreAlike(int[] lengths) {
        Tasks rests = new Tasks();
        Tasks others = new Tasks();
        for (int t = 0; t < lengths.length; t++) {
            (lengths[t] > 0 ? rests : others)
                    .add(cut.backward().first(t) + lengths[t], cut.backward().end(t), Operations.NONE);
        }
        return others.overlap(work, rests, work) >= Weights.ALIKE;
    }

    private boolean takesAsLong(int[] lengths) {
        Tasks forward = cut.forward();
        double once = 0;
        for (int t = 0; t < forward.size(); t++) {
            once += busyNs(forward.first(t), forward.end(t)) / forward.size();
        }
        double again = 0;
        long count = Arrays.stream(lengths).filter(length -> length > 0).count();
        for (int t = 0; t < lengths.length; t++) {
            int first = cut.backward().first(t);
            again += busyNs(first, first + lengths[t]) / count;
        }
        return Math.max(once, again) <= MOST_LONGER * Math.min(once, again);
    }

    private double busyNs(int first, int end) {
        double ns = 0;
        for (int kernel = first; kernel < end; kernel++) {
            ns += work.endNs(kernel) - work.startNs(kernel);
        }
        return ns;
    }

    private Cut parted(int[] lengths) {
        Tasks again = new Tasks();
        Tasks rest = new Tasks();
        List<Integer> of = new ArrayList<>();
        for (int t = 0; t < lengths.length; t++) {
            int first = cut.backward().first(t);
            if (lengths[t] > 0) {
                again.add(first, first + lengths[t], Operations.NONE);
                of.add(t);
            }
            rest.add(first + lengths[t], cut.backward().end(t), cut.backward().send(t));
        }
        return cut.with(cut.forward(), rest, new Recomputed(again, List.copyOf(of)));
    }
}
