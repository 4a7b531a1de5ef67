package io.github.bubbletrace.simulation;

import io.github.bubbletrace.schedule.Phase;
import java.util.List;

/**
 * A kernel of a simulated run. Like a real model's layers, a phase launches the same kernels over and over: those of its
 * matrix products are its own, for each multiplies by another transpose; others belong to all.
 *
 * @param shortName without its parameters
 * @param demangled with them
 */
record KernelName(String shortName, String demangled) {

    static final KernelName SEND_RECEIVE = new KernelName(
            "ncclDevKernel_SendRecv", "ncclDevKernel_SendRecv(ncclDevKernelArgsStorage<(unsigned long)4096>)");

    static final KernelName ALL_REDUCE = new KernelName(
            "ncclDevKernel_AllReduce_Sum_bf16_RING_LL",
            "ncclDevKernel_AllReduce_Sum_bf16_RING_LL(ncclDevKernelArgsStorage<(unsigned long)4096>)");

    private static final KernelName ELEMENTWISE = compute("vectorized_elementwise_kernel");
    private static final KernelName INPUT_GRADIENT = compute("gemm_bf16_128x256_nn");
    private static final KernelName WEIGHT_GRADIENT = compute("gemm_bf16_128x256_nt");
    private static final KernelName ATTENTION_GRADIENT = compute("flash_bwd_kernel");

    private static final List<KernelName> FORWARD =
            List.of(compute("gemm_bf16_128x256_tn"), compute("flash_fwd_kernel"), ELEMENTWISE);
    private static final List<KernelName> INPUT = List.of(INPUT_GRADIENT, ATTENTION_GRADIENT, ELEMENTWISE);
    private static final List<KernelName> WEIGHT = List.of(WEIGHT_GRADIENT, ELEMENTWISE);
    private static final List<KernelName> BACKWARD =
            List.of(INPUT_GRADIENT, WEIGHT_GRADIENT, ATTENTION_GRADIENT, ELEMENTWISE);

    /**
     * The kernels of a layer in one phase, in their order.
     *
     * @param split whether the weight gradient of a backward is a task of its own
     */
    static List<KernelName> layer(Phase phase, boolean split) {
        return switch (phase) {
            case B -> split ? INPUT : BACKWARD;
            case W -> WEIGHT;
            case F, R, P, D, V, S -> FORWARD;
        };
    }

    private static KernelName compute(String name) {
        return new KernelName(name, "void " + name + "<__nv_bfloat16>(Params)");
    }
}
