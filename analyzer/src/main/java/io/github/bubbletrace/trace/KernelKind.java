package io.github.bubbletrace.trace;

import java.util.regex.Pattern;

/** Whether a GPU kernel computes or communicates, as its name tells. */
public enum KernelKind {
    /** Everything that is not communication. */
    COMPUTE,
    /** Sends and receives: NCCL and RCCL SendRecv, NVSHMEM puts and gets. */
    P2P,
    /** NCCL and RCCL collectives, custom all-reduces, NVSHMEM collectives, expert dispatch and combine. */
    COLLECTIVE;

    private static final Pattern NCCL =
            Pattern.compile("(void )?(ncclDevKernel|ncclKernel|ncclSymk?DevKernel|ncclSymk|mscclKernel|rcclKernel).*");
    private static final Pattern NVSHMEM = Pattern.compile("(void )?nvshmem.*");
    private static final Pattern NVSHMEM_P2P = Pattern.compile(".*(_put|_get|_p_|_g_|signal|p2p).*");
    private static final Pattern CUSTOM = Pattern.compile(
            "(void )?(vllm::)?cross_device_reduce(_[12]stage)?\\b.*|(deep_ep::.*)?\\b(dispatch|combine)");

    /** The kind of the kernel called {@code name}, short or demangled. */
    public static KernelKind of(String name) {
        if (NCCL.matcher(name).matches()) {
            return name.contains("SendRecv") ? P2P : COLLECTIVE;
        }
        if (NVSHMEM.matcher(name).matches()) {
            return NVSHMEM_P2P.matcher(name).matches() ? P2P : COLLECTIVE;
        }
        return CUSTOM.matcher(name).matches() ? COLLECTIVE : COMPUTE;
    }
}
