package io.github.bubbletrace.pipeline.unlabelled.cut;

import io.github.bubbletrace.pipeline.unlabelled.chain.StageChain;
import io.github.bubbletrace.pipeline.unlabelled.chain.Traffic;
import io.github.bubbletrace.pipeline.unlabelled.work.DeviceWork;
import io.github.bubbletrace.pipeline.unlabelled.work.NoPipelineException;
import io.github.bubbletrace.pipeline.unlabelled.work.Reached;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the chunks of a V: two a device, so that chunks follow each other down the chain of devices and up again, and the last
 * device hands over to itself. Forwards of one chunk and backwards of the other go the same way, so programmes say which
 * they are; the way says which chunk. What is not sent is the last device's on its way down and the first device's on its
 * way up.
 */
public final class FoldedCutter {

    /** A way to cut the devices of a V. */
    private interface Cutter {
        void cut(FoldedDevices devices) throws NoPipelineException;
    }

    private FoldedCutter() {}

    /** The chunks of a V on {@code chain}'s devices, first to last; two for each device. */
    public static Stage[] cut(List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        try {
            return stages(works, chain, traffic, toleranceNs, EqualProgrammesCutter::cut);
        } catch (NoPipelineException e) {
            return ofDifferent(works, chain, traffic, toleranceNs, e);
        }
    }

    /** The same where stages run programmes of their own; {@code alike} says why they are not the same everywhere. */
    private static Stage[] ofDifferent(
            List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs, NoPipelineException alike)
            throws NoPipelineException {
        try {
            return stages(works, chain, traffic, toleranceNs, devices -> new OwnProgrammesCutter(devices).cut());
        } catch (NoPipelineException e) {
            throw alike.orFurther(e);
        }
    }

    private static Stage[] stages(
            List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs, Cutter cutter)
            throws NoPipelineException {
        FoldedDevices devices = Reached.TASKS.in(() -> {
            FoldedDevices cut = new FoldedDevices(works, chain.devices(), traffic);
            cutter.cut(cut);
            return cut;
        });
        return Reached.MICRO_BATCHES.in(() -> devices.stages(traffic.operations(), toleranceNs));
    }

    /** {@code chain} there and back. */
    public static StageChain folded(StageChain chain) {
        List<Integer> places = new ArrayList<>(chain.devices());
        for (int place = chain.places() - 1; place >= 0; place--) {
            places.add(chain.devices().get(place));
        }
        return new StageChain(List.copyOf(places), false, true, chain.confidence());
    }
}
