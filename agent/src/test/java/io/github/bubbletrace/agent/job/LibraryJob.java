package io.github.bubbletrace.agent.job;

import ai.onnxruntime.OrtSession;
import ai.rapids.cudf.NvtxRange;
import java.util.Map;
import jcuda.runtime.JCuda;

/** Uses libraries as jobs do. */
public final class LibraryJob {

    private LibraryJob() {}

    /** Runs a model on two devices, then on a thread whose name says its stage, then cuDF's ranges. */
    public static void main(String[] args) throws InterruptedException {
        OrtSession session = new OrtSession();
        JCuda.cudaSetDevice(1);
        session.run(Map.of());
        JCuda.cudaSetDevice(9);
        session.run(Map.of());
        JCuda.cudaSetDevice(2);
        session.run(Map.of());
        Thread named = new Thread(() -> session.run(Map.of()), "stage-5");
        named.start();
        named.join();
        try (NvtxRange outer = new NvtxRange("a query");
                NvtxRange inner = new NvtxRange("it=3 stage=7 mb=4 phase=B")) {
            System.out.println(outer.name() + inner.name());
        }
    }
}
