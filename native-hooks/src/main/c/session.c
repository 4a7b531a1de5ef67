#include "session.h"

#include "activities.h"
#include "anchors.h"
#include "flusher.h"
#include "message.h"
#include "refusals.h"
#include "subscription.h"
#include "writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Steps of a recording. Whoever moves the step on owns the session until the next move. */
enum step { IDLE, STARTING, RECORDING, STOPPING, STOPPED, FAILED };

/* So few API calls may well have launched nothing. */
enum { CALLS_WITHOUT_KERNELS = 100 };

static struct {
    atomic_int step;
    atomic_bool forked; /* in a child made by fork: neither CUDA nor our threads exist there */
    atomic_bool at_exit_set;
    bool registered;    /* callbacks and clock, once a process: CUPTI mixes records up otherwise */
    pid_t owner;
    int result;
    char message[256];
    settings told;
    cupti api;
    bool loaded;
    void *subscriber;
    buffers pool;
    writer out;
    flusher fetching;
    bool switched_off;
    char path[PATH_MAX];
} session;

static void note_fork(void) {
    atomic_store(&session.forked, true);
}

static void request_buffer(uint8_t **data, size_t *size, size_t *most_records) {
    *most_records = 0;
    *data = buffers_take(&session.pool, size);
}

static void complete_buffer(void *context, uint32_t stream, uint8_t *data, size_t size, size_t valid) {
    (void)context;
    (void)stream;
    (void)size;
    if (data == NULL) {
        return;
    }
    int step = atomic_load_explicit(&session.step, memory_order_relaxed);
    bool is_ours = (step == STARTING || step == RECORDING || step == STOPPING) &&
                   !atomic_load_explicit(&session.forked, memory_order_relaxed);
    if (valid == 0 || !is_ours) {
        buffers_recycle_data(&session.pool, data);
    } else if (!buffers_hand_over(&session.pool, data, valid)) {
        uint64_t lost = records_count(&session.api, data, valid);
        atomic_fetch_add(&session.out.dropped_at_bound, lost);
        buffers_recycle_data(&session.pool, data);
    }
}

/* The clock must be registered before any kind is enabled, and never again. */
static int register_once(char *why, size_t size) {
    if (session.registered) {
        return BUBBLETRACE_OK;
    }
    int code = session.api.register_clock(monotonic_now);
    if (code != CUPTI_OK) {
        return refusal(&session.api, "cuptiActivityRegisterTimestampCallback", code, "", why, size);
    }
    if (session.api.thread_ids != NULL) {
        session.api.thread_ids(CUPTI_THREAD_ID_SYSTEM);
    }
    if (session.api.set_attribute != NULL) {
        uint8_t yes = 1;
        size_t length = sizeof yes;
        session.api.set_attribute(CUPTI_ATTRIBUTE_ZEROED_BUFFERS, &length, &yes);
    }
    code = session.api.register_callbacks(request_buffer, complete_buffer);
    session.registered = code == CUPTI_OK;
    return session.registered
               ? BUBBLETRACE_OK
               : refusal(&session.api, "cuptiActivityRegisterCallbacks", code, "", why, size);
}

static void fetch(uint32_t how) {
    size_t dropped = 0;
    session.api.flush_all(how);
    if (session.api.dropped(NULL, 0, &dropped) == CUPTI_OK && dropped > 0) {
        atomic_fetch_add(&session.out.dropped_by_cupti, dropped);
    }
}

/* What nobody can write any more is not to be recorded either. */
static void fetch_or_switch_off(void) {
    if (session.switched_off) {
        return;
    }
    session.switched_off = atomic_load(&session.out.has_problem);
    if (session.switched_off) {
        activities_disable(&session.api, &session.told);
    } else {
        fetch(0);
    }
}

static int load(char *why, size_t size) {
    if (session.loaded) {
        return BUBBLETRACE_OK;
    }
    enum loader_result result = loader_load(&session.api, session.told.cupti, why, size);
    session.loaded = result == LOADER_OK;
    if (session.loaded && session.api.version / 10000 > CUPTI_NEWEST_MAJOR) {
        say("%.200s is of CUDA %u, newer than this library was tried with; records are read as before",
            session.api.path, session.api.version / 10000);
    }
    return session.loaded ? BUBBLETRACE_OK : result == LOADER_OLD ? BUBBLETRACE_CUPTI_TOO_OLD : BUBBLETRACE_NO_CUPTI;
}

static int record(char *why, size_t size) {
    if (!writer_start(&session.out, &session.told, &session.api, &session.pool, why, size)) {
        return BUBBLETRACE_UNWRITABLE;
    }
    snprintf(session.path, sizeof session.path, "%s", session.out.file.path);
    int result = activities_enable(&session.api, &session.told, why, size);
    session.switched_off = false;
    if (result == BUBBLETRACE_OK &&
        !flusher_start(&session.fetching, session.told.flush_ms * 1000000, fetch_or_switch_off)) {
        snprintf(why, size, "no thread for recording; nothing is recorded");
        activities_disable(&session.api, &session.told);
        result = BUBBLETRACE_CUPTI_FAILED;
    }
    if (result != BUBBLETRACE_OK) {
        writer_discard(&session.out);
        session.path[0] = '\0';
    }
    return result;
}

static int begin(char *why, size_t size) {
    int result = load(why, size);
    if (result != BUBBLETRACE_OK) {
        return result;
    }
    atomic_store(&session.pool.bound, (size_t)session.told.memory_bytes);
    atomic_store(&session.pool.size, (size_t)session.told.buffer_bytes);
    result = subscription_take(&session.api, &session.subscriber, why, size);
    if (result == BUBBLETRACE_OK) {
        result = register_once(why, size);
    }
    if (result == BUBBLETRACE_OK) {
        result = record(why, size);
    }
    if (result != BUBBLETRACE_OK) {
        subscription_give_back(&session.api, &session.subscriber);
    }
    return result;
}

static void read_options(const bubbletrace_options *options) {
    settings_read(&session.told);
    if (options != NULL && options->folder != NULL) {
        snprintf(session.told.folder, sizeof session.told.folder, "%s", options->folder);
    }
    if (options != NULL && options->cupti != NULL) {
        snprintf(session.told.cupti, sizeof session.told.cupti, "%s", options->cupti);
    }
}

static bool is_child(void) {
    return atomic_load(&session.forked) || (session.owner != 0 && session.owner != getpid());
}

static void stop_at_exit(void) {
    if (is_child()) {
        return;
    }
    session_stop();
    for (int tenths = 0; atomic_load(&session.step) == STOPPING && tenths < 100; tenths++) {
        usleep(100000);
    }
}

/* One thread at a time gets from where nothing is recorded to STARTING. */
static bool take_start(void) {
    int step = atomic_load(&session.step);
    while (step == IDLE || step == STOPPED || step == FAILED) {
        if (atomic_compare_exchange_weak(&session.step, &step, STARTING)) {
            return true;
        }
    }
    return false;
}

int session_start(const bubbletrace_options *options) {
    if (options != NULL && options->size < sizeof *options) {
        return BUBBLETRACE_BAD_ARGUMENT;
    }
    if (is_child()) {
        return BUBBLETRACE_FORKED;
    }
    if (!take_start()) {
        return BUBBLETRACE_ALREADY_RECORDING;
    }
    if (session.owner == 0) {
        session.owner = getpid();
        pthread_atfork(NULL, NULL, note_fork);
    }
    char why[256] = "";
    read_options(options);
    session.message[0] = '\0';
    session.result = session.told.enabled ? begin(why, sizeof why) : BUBBLETRACE_OFF;
    if (*why != '\0' && session.result != BUBBLETRACE_OK) {
        say_and_keep(session.message, sizeof session.message, "%s", why);
    }
    int result = session.result;
    atomic_store(&session.step, result == BUBBLETRACE_OK ? RECORDING : FAILED);
    /* After CUPTI is in use, so that this runs before CUPTI's own end. */
    if (result == BUBBLETRACE_OK && !atomic_exchange(&session.at_exit_set, true)) {
        atexit(stop_at_exit);
    }
    return result;
}

static void report_end(void) {
    uint64_t calls = atomic_load(&session.out.calls);
    uint64_t dropped =
        atomic_load(&session.out.dropped_at_bound) + atomic_load(&session.out.dropped_by_cupti);
    if (atomic_load(&session.out.has_problem)) {
        snprintf(session.message, sizeof session.message, "%s", session.out.problem);
    } else if (atomic_load(&session.out.kernels) == 0 && calls >= CALLS_WITHOUT_KERNELS) {
        say_and_keep(session.message, sizeof session.message,
                     "0 kernel records but %llu API calls: %.100s (version %u) may be older than this GPU or driver",
                     (unsigned long long)calls, session.api.path, session.api.version);
    }
    if (dropped > 0) {
        say_and_keep(session.message, sizeof session.message,
                     "%llu records were dropped (%llu at the bound of BUBBLETRACE_MEMORY_MB, %llu by CUPTI)",
                     (unsigned long long)dropped, (unsigned long long)atomic_load(&session.out.dropped_at_bound),
                     (unsigned long long)atomic_load(&session.out.dropped_by_cupti));
    }
}

int session_stop(void) {
    int recording = RECORDING;
    if (is_child()) {
        return BUBBLETRACE_FORKED;
    }
    if (!atomic_compare_exchange_strong(&session.step, &recording, STOPPING)) {
        return BUBBLETRACE_NOT_RECORDING;
    }
    flusher_stop(&session.fetching);
    activities_disable(&session.api, &session.told);
    fetch(CUPTI_FLUSH_FORCED);
    subscription_give_back(&session.api, &session.subscriber);
    writer_stop(&session.out);
    if (session.out.file.path[0] == '\0') {
        session.path[0] = '\0';
    }
    report_end();
    bool unwritable = atomic_load(&session.out.has_problem);
    atomic_store(&session.step, unwritable ? FAILED : STOPPED);
    return unwritable ? BUBBLETRACE_UNWRITABLE : BUBBLETRACE_OK;
}

static bool is_recording(void) {
    return atomic_load_explicit(&session.step, memory_order_acquire) == RECORDING;
}

int session_flush(void) {
    if (is_child()) {
        return BUBBLETRACE_FORKED;
    }
    if (!is_recording()) {
        return BUBBLETRACE_NOT_RECORDING;
    }
    fetch(0);
    writer_flush(&session.out);
    return atomic_load(&session.out.has_problem) ? BUBBLETRACE_UNWRITABLE : BUBBLETRACE_OK;
}

static uint32_t public_state(int step) {
    switch (step) {
        case IDLE:
            return BUBBLETRACE_IDLE;
        case STARTING:
        case RECORDING:
        case STOPPING:
            return atomic_load(&session.out.has_problem) ? BUBBLETRACE_FAILED : BUBBLETRACE_RECORDING;
        case STOPPED:
            return BUBBLETRACE_STOPPED;
        default:
            return BUBBLETRACE_FAILED;
    }
}

int session_status(bubbletrace_status *status) {
    if (status == NULL || status->size < sizeof *status) {
        return BUBBLETRACE_BAD_ARGUMENT;
    }
    int step = atomic_load(&session.step);
    memset((char *)status + sizeof status->size, 0, sizeof *status - sizeof status->size);
    status->state = public_state(step);
    if (step == STARTING || step == STOPPING) {
        return BUBBLETRACE_OK;
    }
    status->result = (uint32_t)session.result;
    status->cupti_version = session.loaded ? session.api.version : 0;
    status->kernels = atomic_load(&session.out.kernels);
    status->records = atomic_load(&session.out.written);
    status->dropped = atomic_load(&session.out.dropped) + atomic_load(&session.out.dropped_at_bound) +
                      atomic_load(&session.out.dropped_by_cupti);
    status->bytes = atomic_load(&session.out.bytes);
    snprintf(status->path, sizeof status->path, "%.1023s", session.path);
    snprintf(status->message, sizeof status->message, "%s",
             atomic_load(&session.out.has_problem) ? session.out.problem : session.message);
    return BUBBLETRACE_OK;
}

int session_push(uint64_t id) {
    if (!is_recording()) {
        return BUBBLETRACE_NOT_RECORDING;
    }
    return session.api.push_external(CUPTI_EXTERNAL_CUSTOM0, id) == CUPTI_OK ? BUBBLETRACE_OK
                                                                            : BUBBLETRACE_CUPTI_FAILED;
}

int session_pop(uint64_t *id) {
    uint64_t last = 0;
    if (!is_recording()) {
        return BUBBLETRACE_NOT_RECORDING;
    }
    if (session.api.pop_external(CUPTI_EXTERNAL_CUSTOM0, &last) != CUPTI_OK) {
        return BUBBLETRACE_CUPTI_FAILED;
    }
    if (id != NULL) {
        *id = last;
    }
    return BUBBLETRACE_OK;
}

const cupti *session_cupti(void) {
    char why[256];
    if (is_child()) {
        return NULL;
    }
    if (is_recording()) {
        return &session.api;
    }
    if (!take_start()) {
        return NULL;
    }
    settings_read(&session.told);
    bool usable = session.told.enabled && session.told.ranges && load(why, sizeof why) == BUBBLETRACE_OK;
    atomic_store(&session.step, IDLE);
    return usable ? &session.api : NULL;
}
