/* Finds libcupti at run time and the functions of it that are used. Nothing of CUDA is linked. */
#ifndef BUBBLETRACE_LOADER_H
#define BUBBLETRACE_LOADER_H

#include "cupti_abi.h"

#include <limits.h>

/* A loaded libcupti. Functions that may be missing in old versions are NULL there. */
typedef struct {
    void *library;
    char path[PATH_MAX];
    uint32_t version; /* as cuptiGetVersion says: 13 for CUDA 11.0 up to 28 for 12.9, 130000 for 13.0 */
    int (*get_version)(uint32_t *);
    int (*register_callbacks)(cupti_request, cupti_complete);
    int (*register_clock)(uint64_t (*)(void));
    int (*enable)(int kind);
    int (*disable)(int kind);
    int (*flush_all)(uint32_t flag);
    int (*next_record)(uint8_t *buffer, size_t valid, uint8_t **record);
    int (*dropped)(void *context, uint32_t stream, size_t *count);
    int (*push_external)(int kind, uint64_t id);
    int (*pop_external)(int kind, uint64_t *id);
    int (*subscribe)(void **subscriber, cupti_callback, void *user);
    int (*unsubscribe)(void *subscriber);
    int (*subscribe_v2)(void **subscriber, cupti_callback, void *user, cupti_subscriber *);
    int (*set_attribute)(int attribute, size_t *size, void *value);
    int (*thread_ids)(int type);
    int (*enable_runtime_call)(uint32_t id, uint8_t enable);
    int (*enable_driver_call)(uint32_t id, uint8_t enable);
    int (*callback_name)(int domain, uint32_t id, const char **name);
    int (*result_string)(int result, const char **text);
    int (*nvtx)(void *exports);
    int (*nvtx2)(void *exports);
} cupti;

enum loader_result { LOADER_OK, LOADER_NONE, LOADER_OLD };

/*
 * Loads libcupti: one that the process has loaded already, else `told` where it is not "", else the known names.
 * Fills why (in one line) where the result is not LOADER_OK.
 */
enum loader_result loader_load(cupti *into, const char *told, char *why, size_t size);

#endif
