package io.github.bubbletrace.format.chrome;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What Kineto's category of an event means for the analysis. */
enum Category {
    /** A kernel on a GPU. */
    KERNEL("kernel"),
    /** A copy on a GPU. */
    COPY("gpu_memcpy", "memcpy"),
    /** A memset on a GPU. */
    MEMSET("gpu_memset", "memset"),
    /** A CUDA call, of the runtime or the driver. */
    CALL("cuda_runtime", "cuda_driver", "hip_runtime", "runtime"),
    /** Memory that an allocator gives out or takes back; an instant. */
    MEMORY("cpu_instant_event"),
    /** Work of no interest here: operators, Python frames, the GPU's copy of a range, arrows. */
    SKIPPED(
            "cpu_op",
            "operator",
            "python_function",
            "gpu_user_annotation",
            "ac2g",
            "async_cpu_to_gpu",
            "fwdbwd",
            "trace",
            "overhead",
            "cuda_profiler_range",
            "cuda_sync",
            "async_gpu"),
    /** A range of the program, or anything of a trace that is not Kineto's. */
    SPAN("user_annotation");

    private static final Map<String, Category> NAMES = new HashMap<>();

    static {
        for (Category category : values()) {
            for (String name : category.names.split("\\|", -1)) {
                NAMES.put(name, category);
            }
        }
    }

    private final String names;

    Category(String... names) {
        this.names = String.join("|", names);
    }

    /** The category called {@code name} in any case. */
    static Category of(String name) {
        return NAMES.getOrDefault(name.toLowerCase(Locale.ROOT), SPAN);
    }

    /** Whether the name of such an event says nothing that is needed. */
    boolean isNameless() {
        return this == SKIPPED || this == CALL || this == MEMSET || this == MEMORY;
    }
}
