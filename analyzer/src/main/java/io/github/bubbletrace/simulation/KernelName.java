package io.github.bubbletrace.simulation;

/** The kernels of a simulated run. Forwards and backwards share one, so that a name never gives a phase away. */
enum KernelName {
    COMPUTE("gemm_bf16_128x256", "void gemm_bf16_128x256<float>(GemmArguments)"),
    ALL_REDUCE(
            "ncclDevKernel_AllReduce_Sum_bf16_RING_LL",
            "ncclDevKernel_AllReduce_Sum_bf16_RING_LL(ncclDevKernelArgsStorage<(unsigned long)4096>)"),
    SEND_RECEIVE("ncclDevKernel_SendRecv", "ncclDevKernel_SendRecv(ncclDevKernelArgsStorage<(unsigned long)4096>)");

    private final String shortName;
    private final String demangled;

    KernelName(String shortName, String demangled) {
        this.shortName = shortName;
        this.demangled = demangled;
    }

    String shortName() {
        return shortName;
    }

    String demangled() {
        return demangled;
    }
}
