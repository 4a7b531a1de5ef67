package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parts forwards of the last stage from recomputations that always follow them at once: both run the same programme. A model
 * whose halves are alike looks the same, so only where other stages' forwards have as many kernels is it known which it is.
 */
final class ForwardTwice {

    private ForwardTwice() {}

    /**
     * {@code cut} with recomputations where its forwards run one programme twice.
     *
     * @param usual kernels of a forward on other stages
     * @throws NoPipelineException where forwards may run once or twice
     */
    static Cut parted(DeviceWork work, Cut cut, int usual) throws NoPipelineException {
        List<int[]> programmes = cut.forward().usualProgrammes(work, Weights.ALIKE);
        if (programmes.isEmpty() || !isTwice(programmes.get(0)) || programmes.get(0).length == usual) {
            return cut;
        }
        int half = programmes.get(0).length / 2;
        if (half != usual) {
            throw new NoPipelineException(
                    "whether forwards of the last stage run once or are recomputed does not show: both halves of what runs"
                            + " before its backwards are alike");
        }
        return halved(cut, half);
    }

    private static boolean isTwice(int[] programme) {
        int half = programme.length / 2;
        return programme.length > 0
                && programme.length % 2 == 0
                && Arrays.equals(programme, 0, half, programme, half, programme.length);
    }

    private static Cut halved(Cut cut, int half) {
        Tasks forward = new Tasks();
        Tasks again = new Tasks();
        List<Integer> of = new ArrayList<>();
        int b = 0;
        for (int t = 0; t < cut.forward().size(); t++) {
            int end = cut.forward().end(t);
            int middle = Math.max(cut.forward().first(t), end - half);
            if (middle > cut.forward().first(t)) {
                forward.add(cut.forward().first(t), middle, Operations.NONE);
            }
            while (b < cut.backward().size() && cut.backward().first(b) < end) {
                b++;
            }
            again.add(middle, end, Operations.NONE);
            of.add(b);
        }
        return cut.with(forward, cut.backward(), new Recomputed(again, List.copyOf(of)));
    }
}
