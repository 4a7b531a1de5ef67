#include "fake_cupti.h"

#include "cupti_abi.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define API __attribute__((visibility("default")))

enum { KINDS = 64, SPANS = 64 };

static struct {
    pthread_mutex_t lock;
    bool enabled[KINDS];
    cupti_request request;
    cupti_complete complete;
    uint64_t (*clock)(void);
    bool zeroed;
    bool nvtx;
    bool ever_enabled;
    void *subscriber;
    uint8_t *buffer;
    size_t size;
    size_t used;
    size_t dropped;
} fake = {.lock = PTHREAD_MUTEX_INITIALIZER};

static _Thread_local uint64_t spans[SPANS];
static _Thread_local int span_depth;

static void misuse(const char *what) {
    fprintf(stderr, "fake: MISUSE %s\n", what);
}

static long number(const char *name, long otherwise) {
    const char *value = getenv(name);
    return value == NULL ? otherwise : atol(value);
}

static int generation(void) {
    static int known;
    int g = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (g == 0) {
        g = (int)number("FAKE_CUPTI_GENERATION", 10);
        __atomic_store_n(&known, g, __ATOMIC_RELAXED);
    }
    return g;
}

/* The code that FAKE_CUPTI_FAIL wants of a function, 0 for none. */
static int failure(const char *function) {
    const char *list = getenv("FAKE_CUPTI_FAIL");
    size_t length = strlen(function);
    while (list != NULL && *list != '\0') {
        if (strncmp(list, function, length) == 0 && list[length] == '=') {
            return atoi(list + length + 1);
        }
        list = strchr(list, ',');
        list = list == NULL ? NULL : list + 1;
    }
    return 0;
}

#define MAY_FAIL()                       \
    do {                                 \
        int code = failure(__func__);    \
        if (code != 0) {                 \
            return code;                 \
        }                                \
    } while (0)

API int cuptiGetVersion(uint32_t *version) {
    *version = (uint32_t)number("FAKE_CUPTI_VERSION", 130001);
    return 0;
}

API int cuptiGetResultString(int code, const char **text) {
    static _Thread_local char string[64];
    snprintf(string, sizeof string, "CUPTI_ERROR_%d", code);
    *text = string;
    return 0;
}

#ifndef OLD_CUPTI

API int cuptiActivityRegisterCallbacks(cupti_request request, cupti_complete complete) {
    MAY_FAIL();
    if (fake.request != NULL) {
        misuse("callbacks registered twice");
    }
    fake.request = request;
    fake.complete = complete;
    return 0;
}

API int cuptiActivityRegisterTimestampCallback(uint64_t (*clock)(void)) {
    MAY_FAIL();
    if (fake.clock != NULL) {
        misuse("clock registered twice");
    }
    if (fake.ever_enabled) {
        misuse("clock registered after a kind was enabled");
    }
    fake.clock = clock;
    return 0;
}

API int cuptiActivityEnable(int kind) {
    char named[64];
    snprintf(named, sizeof named, "cuptiActivityEnable:%d", kind);
    if (failure(named) != 0) {
        return failure(named);
    }
    MAY_FAIL();
    if (kind == 3) {
        misuse("KERNEL serialises");
    }
    if (fake.request == NULL || fake.clock == NULL || fake.subscriber == NULL) {
        misuse("enabled before callbacks, clock and subscription");
    }
    fake.ever_enabled = true;
    __atomic_store_n(&fake.enabled[kind], true, __ATOMIC_SEQ_CST);
    return 0;
}

API int cuptiActivityDisable(int kind) {
    __atomic_store_n(&fake.enabled[kind], false, __ATOMIC_SEQ_CST);
    return 0;
}

static void complete_locked(void) {
    if (fake.buffer != NULL) {
        uint8_t *buffer = fake.buffer;
        fake.buffer = NULL;
        fake.complete(NULL, 0, buffer, fake.size, fake.used);
    }
}

API void fake_complete(void) {
    pthread_mutex_lock(&fake.lock);
    complete_locked();
    pthread_mutex_unlock(&fake.lock);
}

API int cuptiActivityFlushAll(uint32_t flag) {
    (void)flag;
    usleep((useconds_t)number("FAKE_CUPTI_SLOW_MS", 0) * 1000);
    MAY_FAIL();
    fake_complete();
    return 0;
}

API int cuptiActivityGetNumDroppedRecords(void *context, uint32_t stream, size_t *count) {
    (void)context;
    (void)stream;
    pthread_mutex_lock(&fake.lock);
    *count = fake.dropped;
    fake.dropped = 0;
    pthread_mutex_unlock(&fake.lock);
    return 0;
}

API void fake_drop(size_t count) {
    pthread_mutex_lock(&fake.lock);
    fake.dropped += count;
    pthread_mutex_unlock(&fake.lock);
}

API int cuptiActivityGetNextRecord(uint8_t *buffer, size_t valid, uint8_t **record) {
    uint8_t *next = buffer;
    if (*record != NULL) {
        uint32_t kind;
        memcpy(&kind, *record, sizeof kind);
        next = *record + fake_size(kind, generation());
    }
    if (next + 4 > buffer + valid) {
        return CUPTI_LIMIT_REACHED;
    }
    uint32_t kind;
    memcpy(&kind, next, sizeof kind);
    if (fake_size(kind, generation()) == 0) {
        return CUPTI_INVALID_KIND;
    }
    *record = next;
    return 0;
}

API int cuptiActivityPushExternalCorrelationId(int kind, uint64_t id) {
    (void)kind;
    MAY_FAIL();
    if (span_depth == SPANS) {
        return 12;
    }
    spans[span_depth++] = id;
    return 0;
}

API int cuptiActivityPopExternalCorrelationId(int kind, uint64_t *id) {
    (void)kind;
    if (span_depth == 0) {
        return CUPTI_LIMIT_REACHED + 6;
    }
    *id = spans[--span_depth];
    return 0;
}

static int take_subscription(void **subscriber) {
    if (fake.subscriber != NULL) {
        return CUPTI_TAKEN;
    }
    fake.subscriber = &fake;
    *subscriber = &fake;
    return 0;
}

API int cuptiSubscribe(void **subscriber, cupti_callback callback, void *user) {
    (void)callback;
    (void)user;
    MAY_FAIL();
    return take_subscription(subscriber);
}

API int cuptiSubscribe_v2(void **subscriber, cupti_callback callback, void *user, cupti_subscriber *wanted) {
    (void)callback;
    (void)user;
    int code = failure(__func__);
    if (code == CUPTI_TAKEN && getenv("FAKE_CUPTI_OTHER") != NULL) {
        snprintf(wanted->other, wanted->other_size, "%s", getenv("FAKE_CUPTI_OTHER"));
    }
    return code != 0 ? code : take_subscription(subscriber);
}

API int cuptiUnsubscribe(void *subscriber) {
    if (subscriber != fake.subscriber) {
        misuse("foreign subscription given back");
    }
    fake.subscriber = NULL;
    return 0;
}

API int cuptiActivitySetAttribute(int attribute, size_t *size, void *value) {
    if (attribute == CUPTI_ATTRIBUTE_ZEROED_BUFFERS && *size == 1) {
        fake.zeroed = *(uint8_t *)value != 0;
    }
    return 0;
}

API int cuptiSetThreadIdType(int type) {
    return type == CUPTI_THREAD_ID_SYSTEM ? 0 : 1;
}

API int cuptiActivityEnableRuntimeApi(uint32_t id, uint8_t enable) {
    (void)id;
    (void)enable;
    return failure(__func__);
}

API int cuptiGetCallbackName(int domain, uint32_t id, const char **name) {
    if (domain != CUPTI_DOMAIN_RUNTIME && domain != CUPTI_DOMAIN_DRIVER) {
        return 1;
    }
    *name = id == 211 ? "cudaLaunchKernel_v7000" : id == 307 ? "cuLaunchKernel" : "cudaSomething";
    return 0;
}

API int cuptiNvtxInitialize(void *exports) {
    fake.nvtx = exports != NULL;
    return failure(__func__);
}

API int cuptiNvtxInitialize2(void *exports) {
    fake.nvtx = exports != NULL;
    return failure(__func__);
}

API int cuptiFinalize(void) {
    misuse("cuptiFinalize");
    return 0;
}

static void request_locked(void) {
    size_t most = 7;
    fake.request(&fake.buffer, &fake.size, &most);
    fake.used = 0;
    if (fake.buffer == NULL || most != 0) {
        misuse("a null buffer, or a bound of records");
    }
    if (fake.buffer != NULL && ((uintptr_t)fake.buffer & 7) != 0) {
        misuse("an unaligned buffer");
    }
    for (size_t i = 0; fake.zeroed && fake.buffer != NULL && i < fake.size; i += 61) {
        if (fake.buffer[i] != 0) {
            misuse("a buffer that is not zeroed");
            return;
        }
    }
}

/* Kinds that this CUPTI does not know come from scripts that ask for just that. */
static bool is_wanted(const fake_event *event) {
    if (event->kind == KIND_MARKER && !fake.nvtx) {
        return false;
    }
    return !fake_knows(event->kind) || __atomic_load_n(&fake.enabled[event->kind], __ATOMIC_SEQ_CST);
}

static void append_locked(const fake_event *event) {
    uint8_t record[FAKE_LARGEST];
    size_t size = fake_size(event->kind, generation());
    size_t limit = (size_t)number("FAKE_CUPTI_USE_BYTES", 1 << 30);
    fake_build(event, generation(), record);
    size = size == 0 ? 64 : size;
    if (fake.buffer != NULL && (fake.used + size > fake.size || fake.used + size > limit)) {
        complete_locked();
    }
    if (fake.buffer == NULL) {
        request_locked();
    }
    if (fake.buffer == NULL || size > fake.size) {
        fake.dropped++;
        return;
    }
    memcpy(fake.buffer + fake.used, record, size);
    fake.used += size;
}

API void fake_emit(const fake_event *event) {
    if (fake.request == NULL || !is_wanted(event)) {
        return;
    }
    pthread_mutex_lock(&fake.lock);
    if ((event->kind == KIND_RUNTIME || event->kind == KIND_DRIVER) && span_depth > 0) {
        fake_event span = {.kind = KIND_EXTERNAL_CORRELATION, .what = CUPTI_EXTERNAL_CUSTOM0,
                           .id = spans[span_depth - 1], .correlation = event->correlation};
        append_locked(&span);
    }
    append_locked(event);
    pthread_mutex_unlock(&fake.lock);
}

#endif
