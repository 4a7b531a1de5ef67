#include "job.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static void *open_named(const char *variable) {
    const char *path = getenv(variable);
    void *library = path == NULL ? NULL : dlopen(path, RTLD_NOW);
    if (library == NULL) {
        fprintf(stderr, "job: %s: %s\n", variable, path == NULL ? "not set" : dlerror());
        exit(99);
    }
    return library;
}

static void *symbol(void *library, const char *name) {
    void *found = dlsym(library, name);
    if (found == NULL) {
        fprintf(stderr, "job: no %s\n", name);
        exit(99);
    }
    return found;
}

void job_init_cuda(void) {
    int (*init)(unsigned);
    *(void **)&init = symbol(open_named("FAKE_CUDA"), "cuInit");
    init(0);
}

void job_init_nvtx(void) {
    static int exports;
    if (getenv("NVTX_INJECTION64_PATH") != NULL) {
        int (*init)(void *);
        *(void **)&init = symbol(open_named("NVTX_INJECTION64_PATH"), "InitializeInjectionNvtx2");
        init(&exports);
    }
}

static void *cupti_symbol(const char *name) {
    static void *library;
    if (library == NULL) {
        library = open_named("FAKE_CUPTI");
    }
    return symbol(library, name);
}

void job_emit(const fake_event *event) {
    static fake_emit_function emit;
    if (emit == NULL) {
        *(void **)&emit = cupti_symbol("fake_emit");
    }
    emit(event);
}

void job_complete_buffer(void) {
    fake_complete_function complete;
    *(void **)&complete = cupti_symbol("fake_complete");
    complete();
}

void job_drop(size_t count) {
    fake_drop_function drop;
    *(void **)&drop = cupti_symbol("fake_drop");
    drop(count);
}

void *job_hook(const char *name) {
    return symbol(open_named("BUBBLETRACE_HOOKS"), name);
}
