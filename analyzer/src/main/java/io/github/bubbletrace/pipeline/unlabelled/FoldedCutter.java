package io.github.bubbletrace.pipeline.unlabelled;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the chunks of a V: two a device, so that chunks follow each other down the chain of devices and up again, and the last
 * device hands over to itself. Forwards of one chunk and backwards of the other go the same way, so programmes say which
 * they are; the way says which chunk. What is not sent is the last device's on its way down and the first device's on its
 * way up.
 */
final class FoldedCutter {

    private FoldedCutter() {}

    /** The chunks of a V on {@code chain}'s devices, first to last; two for each device. */
    static Stage[] cut(List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs)
            throws NoPipelineException {
        try {
            FoldedDevices devices = new FoldedDevices(works, chain.devices(), traffic);
            EqualProgrammesCutter.cut(devices);
            return devices.stages(traffic.operations(), toleranceNs);
        } catch (NoPipelineException e) {
            return ofDifferent(works, chain, traffic, toleranceNs, e);
        }
    }

    /** The same where stages run programmes of their own; {@code alike} says why they are not the same everywhere. */
    private static Stage[] ofDifferent(
            List<DeviceWork> works, StageChain chain, Traffic traffic, long toleranceNs, NoPipelineException alike)
            throws NoPipelineException {
        try {
            FoldedDevices devices = new FoldedDevices(works, chain.devices(), traffic);
            new OwnProgrammesCutter(devices).cut();
            return devices.stages(traffic.operations(), toleranceNs);
        } catch (NoPipelineException e) {
            throw new NoPipelineException(
                    alike.getMessage() + "; nor where stages run different programmes: " + e.getMessage());
        }
    }

    /** {@code chain} there and back. */
    static StageChain folded(StageChain chain) {
        List<Integer> places = new ArrayList<>(chain.devices());
        for (int place = chain.places() - 1; place >= 0; place--) {
            places.add(chain.devices().get(place));
        }
        return new StageChain(List.copyOf(places), false, true, chain.confidence());
    }
}
