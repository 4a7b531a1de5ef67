/* What a Java job with native GPU code does, against the fake libcupti: one call and the kernel that it launches. */
#include <dlfcn.h>
#include <jni.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "cupti_abi.h"
#include "fake_cupti.h"

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

JNIEXPORT void JNICALL Java_io_github_bubbletrace_cli_job_GpuJob_launch(JNIEnv *env, jclass type, jint device,
                                                                        jint correlation, jlong ns) {
    (void)env;
    (void)type;
    void *library = dlopen(getenv("FAKE_CUPTI"), RTLD_NOW);
    fake_emit_function emit = NULL;
    *(void **)&emit = library == NULL ? NULL : dlsym(library, "fake_emit");
    if (emit == NULL) {
        abort();
    }
    uint64_t start = now();
    fake_event call = {.kind = KIND_RUNTIME, .start = start, .end = start + 1000, .correlation = (uint32_t)correlation,
                       .thread = (uint32_t)syscall(SYS_gettid), .what = 211};
    fake_event kernel = {.kind = KIND_CONCURRENT_KERNEL, .start = start + 2000, .end = start + 2000 + (uint64_t)ns,
                         .correlation = (uint32_t)correlation, .device = (uint32_t)device, .context = 1, .stream = 7, .name = "gemm"};
    emit(&call);
    emit(&kernel);
}
