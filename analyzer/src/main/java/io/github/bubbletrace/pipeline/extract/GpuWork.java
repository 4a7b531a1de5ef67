package io.github.bubbletrace.pipeline.extract;

import io.github.bubbletrace.trace.CopyTable;
import io.github.bubbletrace.trace.Cores;
import io.github.bubbletrace.trace.KernelTable;
import io.github.bubbletrace.trace.Later;
import io.github.bubbletrace.trace.Trace;

/** Where each kernel and each copy ran, and which call launched it. */
final class GpuWork {

    private final LaneIndex lanes = new LaneIndex();
    private final int[] lane;
    private final int[] laneOfCopy;
    private final Launches launches;
    private final Launches launchesOfCopies;

    private GpuWork(Trace trace) {
        KernelTable kernels = trace.kernels();
        Later<int[]> laneOfKernel = new Later<>();
        CopyTable copies = trace.copies();
        Later<Launches> launchOfKernel = new Later<>();
        Later<Launches> launchOfCopy = new Later<>();
        Cores.all(() -> laneOfKernel.set(lanes.ofKernels(kernels)), () -> {
            CallIndex index = CallIndex.of(trace);
            launchOfKernel.set(Launches.of(trace, index, kernels.size(), kernels::process, kernels::correlation));
            launchOfCopy.set(Launches.of(trace, index, copies.size(), copies::process, copies::correlation));
        });
        lane = laneOfKernel.get();
        launches = launchOfKernel.get();
        launchesOfCopies = launchOfCopy.get();
        laneOfCopy = new int[copies.size()];
        for (int c = 0; c < laneOfCopy.length; c++) {
            laneOfCopy[c] = lanes.of(copies.process(c), copies.gpu(c));
        }
    }

    static GpuWork of(Trace trace) {
        return new GpuWork(trace);
    }

    /** All lanes with kernels or copies. */
    LaneIndex lanes() {
        return lanes;
    }

    /** Lane of each kernel. */
    int[] lane() {
        return lane;
    }

    /** Lane of each copy. */
    int[] laneOfCopy() {
        return laneOfCopy;
    }

    /** Launch of each kernel. */
    Launches launches() {
        return launches;
    }

    /** Launch of each copy. */
    Launches launchesOfCopies() {
        return launchesOfCopies;
    }
}
