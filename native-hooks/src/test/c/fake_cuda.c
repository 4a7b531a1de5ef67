/* A stand-in for libcuda: what its first call does with CUDA_INJECTION64_PATH, and little else. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#define API __attribute__((visibility("default")))

static void inject(void) {
    const char *path = getenv("CUDA_INJECTION64_PATH");
    if (path == NULL) {
        return;
    }
    void *library = dlopen(path, RTLD_NOW);
    int (*initialize)(void) = NULL;
    if (library != NULL) {
        *(void **)&initialize = dlsym(library, "InitializeInjection");
    }
    if (initialize == NULL) {
        fprintf(stderr, "fake: MISUSE %s cannot be injected\n", path);
    } else if (initialize() != 1) {
        fprintf(stderr, "fake: MISUSE InitializeInjection did not return 1\n");
    }
}

API int cuInit(unsigned flags) {
    static int done;
    (void)flags;
    if (!done) {
        done = 1;
        inject();
    }
    return 0;
}

API int cuDriverGetVersion(int *version) {
    *version = 13000;
    return 0;
}

API int cuDeviceGetCount(int *count) {
    *count = 4;
    return 0;
}
