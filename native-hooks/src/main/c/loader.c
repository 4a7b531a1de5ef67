#include "loader.h"

#include <dlfcn.h>
#include <link.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char *const NAMES[] = {
    "libcupti.so.13",
    "libcupti.so.12",
    "libcupti.so.11.8",
    "libcupti.so.11.7",
    "libcupti.so.11.6",
    "libcupti.so.11.5",
    "libcupti.so.11.4",
    "libcupti.so.11.3",
    "libcupti.so.11.2",
    "libcupti.so.11.1",
    "libcupti.so.11.0",
    "libcupti.so",
    "/usr/local/cuda/extras/CUPTI/lib64/libcupti.so",
    "/usr/local/cuda/lib64/libcupti.so",
    NULL,
};

typedef struct {
    const char *name;
    size_t place;
    bool needed;
} function;

#define NEEDED(symbol, field) {symbol, offsetof(cupti, field), true}
#define OPTIONAL(symbol, field) {symbol, offsetof(cupti, field), false}

static const function FUNCTIONS[] = {
    NEEDED("cuptiGetVersion", get_version),
    NEEDED("cuptiActivityRegisterCallbacks", register_callbacks),
    NEEDED("cuptiActivityEnable", enable),
    NEEDED("cuptiActivityDisable", disable),
    NEEDED("cuptiActivityFlushAll", flush_all),
    NEEDED("cuptiActivityGetNextRecord", next_record),
    NEEDED("cuptiActivityGetNumDroppedRecords", dropped),
    NEEDED("cuptiActivityRegisterTimestampCallback", register_clock),
    NEEDED("cuptiActivityPushExternalCorrelationId", push_external),
    NEEDED("cuptiActivityPopExternalCorrelationId", pop_external),
    NEEDED("cuptiSubscribe", subscribe),
    NEEDED("cuptiUnsubscribe", unsubscribe),
    OPTIONAL("cuptiSubscribe_v2", subscribe_v2),
    OPTIONAL("cuptiActivitySetAttribute", set_attribute),
    OPTIONAL("cuptiSetThreadIdType", thread_ids),
    OPTIONAL("cuptiActivityEnableRuntimeApi", enable_runtime_call),
    OPTIONAL("cuptiActivityEnableDriverApi", enable_driver_call),
    OPTIONAL("cuptiGetCallbackName", callback_name),
    OPTIONAL("cuptiGetResultString", result_string),
    OPTIONAL("cuptiNvtxInitialize", nvtx),
    OPTIONAL("cuptiNvtxInitialize2", nvtx2),
};

/* The first libcupti among the libraries of the process; a wheel's copy may bear a longer name after ".so". */
static int note_loaded(struct dl_phdr_info *info, size_t size, void *found) {
    (void)size;
    const char *name = info->dlpi_name == NULL ? "" : info->dlpi_name;
    const char *slash = strrchr(name, '/');
    const char *base = slash == NULL ? name : slash + 1;
    if (strncmp(base, "libcupti", 8) != 0 || strstr(base, ".so") == NULL || strlen(name) >= PATH_MAX) {
        return 0;
    }
    strcpy(found, name);
    return 1;
}

static bool open_library(cupti *into, const char *path, int flags) {
    into->library = dlopen(path, RTLD_NOW | RTLD_LOCAL | flags);
    if (into->library != NULL) {
        snprintf(into->path, sizeof into->path, "%s", path);
    }
    return into->library != NULL;
}

static bool open_loaded(cupti *into) {
    char path[PATH_MAX];
    return dl_iterate_phdr(note_loaded, path) != 0 && open_library(into, path, RTLD_NOLOAD);
}

static bool open_known(cupti *into) {
    for (const char *const *name = NAMES; *name != NULL; name++) {
        if (open_library(into, *name, 0)) {
            return true;
        }
    }
    return false;
}

static bool open_any(cupti *into, const char *told, char *why, size_t size) {
    if (open_loaded(into)) {
        return true;
    }
    if (*told != '\0') {
        if (open_library(into, told, 0)) {
            return true;
        }
        snprintf(why, size, "BUBBLETRACE_CUPTI cannot be loaded (%s); nothing is recorded", dlerror());
        return false;
    }
    if (open_known(into)) {
        return true;
    }
    snprintf(why, size,
             "no libcupti found; install the CUDA toolkit or pip install nvidia-cuda-cupti, and name it in"
             " BUBBLETRACE_CUPTI; nothing is recorded");
    return false;
}

static const char *first_missing(cupti *into) {
    const char *missing = NULL;
    for (size_t i = 0; i < sizeof FUNCTIONS / sizeof *FUNCTIONS; i++) {
        void *symbol = dlsym(into->library, FUNCTIONS[i].name);
        memcpy((char *)into + FUNCTIONS[i].place, &symbol, sizeof symbol);
        if (symbol == NULL && FUNCTIONS[i].needed && missing == NULL) {
            missing = FUNCTIONS[i].name;
        }
    }
    return missing;
}

/* The whole path of what was found by name. */
static void name_file(cupti *into) {
    Dl_info info;
    void *symbol = dlsym(into->library, "cuptiGetVersion");
    if (symbol != NULL && dladdr(symbol, &info) != 0 && info.dli_fname != NULL) {
        snprintf(into->path, sizeof into->path, "%s", info.dli_fname);
    }
}

enum loader_result loader_load(cupti *into, const char *told, char *why, size_t size) {
    memset(into, 0, sizeof *into);
    if (!open_any(into, told, why, size)) {
        return LOADER_NONE;
    }
    name_file(into);
    const char *missing = first_missing(into);
    if (into->get_version != NULL) {
        into->get_version(&into->version);
    }
    if (missing == NULL && into->version >= CUPTI_OLDEST) {
        return LOADER_OK;
    }
    snprintf(why, size,
             "%.200s is too old (version %u%s%s); CUDA 11.0's or a later libcupti is needed, nothing is recorded",
             into->path, into->version, missing == NULL ? "" : ", without ", missing == NULL ? "" : missing);
    return LOADER_OLD;
}
