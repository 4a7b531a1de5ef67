#include "writer.h"

#include "anchors.h"
#include "bubbletrace_hooks.h"
#include "message.h"
#include "threads.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint64_t WAKE_NS = 20000000;
static const uint64_t ANCHOR_NS = 5000000000;

enum { SAME_NAMES = 100 };

static void put_identity(writer *w, const char *key, const char *value) {
    char pair[COMMAND_LENGTH + 64];
    int length = snprintf(pair, sizeof pair, "%s=%s", key, value);
    if (length > 0 && *value != '\0') {
        length = length < (int)sizeof pair ? length : (int)sizeof pair - 1;
        chunks_put_text(&w->file, TAG_IDENTITY, 0, pair, (size_t)length);
    }
}

static void put_identity_number(writer *w, const char *key, long value) {
    char text[32];
    snprintf(text, sizeof text, "%ld", value);
    if (value >= 0) {
        put_identity(w, key, text);
    }
}

static void put_identities(writer *w, const identity *me, const cupti *api) {
    put_identity(w, "producer", "bubbletrace-hooks " BUBBLETRACE_VERSION);
    put_identity(w, "host", me->host);
    put_identity(w, "boot", me->boot);
    put_identity_number(w, "pid", me->pid);
    put_identity_number(w, "rank", me->rank);
    put_identity(w, "rankFrom", me->rank_from);
    put_identity_number(w, "localRank", me->local_rank);
    put_identity_number(w, "worldSize", me->world_size);
    put_identity(w, "command", me->command);
    put_identity(w, "cupti", api->path);
    put_identity_number(w, "cuptiVersion", (long)api->version);
}

static void put_anchor(writer *w) {
    anchor a = anchor_take();
    record_out out = record_begin(&w->file, TAG_ANCHOR);
    put(&out, a.monotonic_ns);
    put(&out, a.realtime_ns);
    put(&out, a.width_ns);
    record_end(&out);
    w->last_anchor_ns = a.monotonic_ns;
}

/* Totals since the start; the last ones in the file count. */
static void put_counters(writer *w) {
    w->out.counts[COUNT_DROPPED_AT_BOUND] = atomic_load(&w->dropped_at_bound);
    w->out.counts[COUNT_DROPPED_BY_CUPTI] = atomic_load(&w->dropped_by_cupti);
    for (int counter = 0; counter < COUNTERS; counter++) {
        if (w->out.counts[counter] != 0) {
            record_out out = record_begin(&w->file, TAG_COUNTER);
            put(&out, (uint64_t)counter);
            put(&out, w->out.counts[counter]);
            record_end(&out);
        }
    }
}

static uint64_t sum(const writer *w, int from, int to) {
    uint64_t total = 0;
    for (int counter = from; counter < to; counter++) {
        total += w->out.counts[counter];
    }
    return total;
}

static void publish(writer *w) {
    atomic_store(&w->kernels, w->out.counts[COUNT_KERNELS]);
    atomic_store(&w->calls, w->out.counts[COUNT_CALLS]);
    atomic_store(&w->written, sum(w, COUNT_KERNELS, COUNT_CHATTY_CALLS));
    atomic_store(&w->dropped, sum(w, COUNT_DROPPED_INCOMPLETE, COUNTERS));
    atomic_store(&w->bytes, w->file.bytes);
}

/* The first failure to write ends the recording, never the job. */
static void note_problem(writer *w) {
    if (w->file.problem == 0 || atomic_load(&w->has_problem)) {
        return;
    }
    say_and_keep(w->problem, sizeof w->problem, "%.120s cannot be written on (%s); recording ends, the job goes on",
                 w->file.path, strerror(w->file.problem));
    atomic_store(&w->has_problem, true);
}

static void end_chunk(writer *w, uint64_t now) {
    if (w->file.used == CHUNK_HEADER) {
        w->last_chunk_ns = now;
        return;
    }
    if (now - w->last_anchor_ns >= ANCHOR_NS) {
        put_anchor(w);
    }
    put_counters(w);
    chunks_flush(&w->file);
    w->last_chunk_ns = now;
}

static void write_buffer(writer *w, buffer *b) {
    if (w->file.problem != 0) {
        w->out.counts[COUNT_DROPPED_UNWRITABLE] += records_count(w->out.api, buffers_data(b), b->valid);
    } else {
        records_write(&w->out, buffers_data(b), b->valid);
    }
    buffers_recycle(w->pool, b);
}

static void write_completed(writer *w) {
    buffer *next = buffers_take_completed(w->pool);
    while (next != NULL) {
        buffer *b = next;
        next = b->next;
        write_buffer(w, b);
    }
}

static bool is_empty(const writer *w) {
    return sum(w, COUNT_KERNELS, COUNT_DEVICES) == 0 && sum(w, COUNT_DROPPED_BY_CUPTI, COUNTERS) == 0;
}

static void remove_file(writer *w) {
    unlink(w->file.path);
    w->file.path[0] = '\0';
}

/* A capture without any event says nothing, and would stand between others that do. */
static void end_file(writer *w) {
    if (!w->discarded && !is_empty(w)) {
        put_anchor(w);
        put_counters(w);
        record_out end = record_begin(&w->file, TAG_END);
        record_end(&end);
    }
    chunks_close(&w->file);
    note_problem(w);
    publish(w);
    if (w->discarded || is_empty(w)) {
        remove_file(w);
    }
}

static void *write_until_stopped(void *argument) {
    writer *w = argument;
    pthread_mutex_lock(&w->lock);
    for (bool stopping = false; !stopping;) {
        if (!w->stopping && w->flushes_wanted == w->flushes_done) {
            condition_wait(&w->wake, &w->lock, WAKE_NS);
        }
        stopping = w->stopping;
        uint64_t wanted = w->flushes_wanted;
        bool flush = wanted != w->flushes_done;
        pthread_mutex_unlock(&w->lock);
        write_completed(w);
        uint64_t now = monotonic_now();
        if (flush || now - w->last_chunk_ns >= w->flush_ns) {
            end_chunk(w, now);
        }
        note_problem(w);
        publish(w);
        pthread_mutex_lock(&w->lock);
        w->flushes_done = wanted;
        pthread_cond_broadcast(&w->done);
    }
    pthread_mutex_unlock(&w->lock);
    end_file(w);
    return NULL;
}

/* Makes the folder and those it lies in. */
static void make_folder(const char *folder) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", folder);
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
    mkdir(path, 0777);
}

/* Process ids come again, and containers share them. */
static bool open_file(writer *w, const char *folder, const identity *me) {
    char name[128];
    char path[PATH_MAX];
    identity_file_name(me, name, sizeof name);
    make_folder(folder);
    for (int i = 1; i <= SAME_NAMES; i++) {
        char again[16] = "";
        if (i > 1) {
            snprintf(again, sizeof again, "-%d", i);
        }
        if (snprintf(path, sizeof path, "%s/%s%s.btcap", folder, name, again) >= (int)sizeof path) {
            w->file.problem = ENAMETOOLONG;
            return false;
        }
        if (chunks_open(&w->file, path) || w->file.problem != EEXIST) {
            break;
        }
    }
    return w->file.problem == 0;
}

static void prepare(writer *w, const settings *told, const cupti *api, buffers *pool) {
    pthread_mutex_init(&w->lock, NULL);
    condition_prepare(&w->wake);
    condition_prepare(&w->done);
    w->stopping = false;
    w->discarded = false;
    w->flushes_wanted = 0;
    w->flushes_done = 0;
    w->flush_ns = told->flush_ms * 1000000;
    w->pool = pool;
    w->problem[0] = '\0';
    atomic_store(&w->has_problem, false);
    atomic_store(&w->dropped_at_bound, 0);
    atomic_store(&w->dropped_by_cupti, 0);
    memset(&w->out, 0, sizeof w->out);
    w->out.api = api;
    w->out.to = &w->file;
    w->out.texts = &w->texts;
    w->out.chatty_calls = told->chatty_calls;
    w->last_chunk_ns = monotonic_now();
    w->file.path[0] = '\0';
    w->file.file = -1;
    w->file.bytes = 0;
    publish(w);
}

static bool start(writer *w, const settings *told, const identity *me, char *why, size_t size) {
    if (!open_file(w, told->folder, me)) {
        snprintf(why, size, "%.160s: no capture can be made there (%s); name another folder in BUBBLETRACE_OUTPUT",
                 told->folder, strerror(w->file.problem));
        return false;
    }
    put_identities(w, me, w->out.api);
    put_anchor(w);
    chunks_flush(&w->file);
    snprintf(why, size, "no memory or thread for recording; nothing is recorded");
    return strings_open(&w->texts) && thread_start(&w->thread, write_until_stopped, w);
}

bool writer_start(writer *w, const settings *told, const cupti *api, buffers *pool, char *why, size_t size) {
    identity me;
    signals_held held;
    identity_read(&me);
    prepare(w, told, api, pool);
    signals_hold(&held);
    bool started = start(w, told, &me, why, size);
    signals_release(&held);
    if (!started) {
        strings_close(&w->texts);
        bool made = w->file.file >= 0;
        chunks_close(&w->file);
        if (made) {
            remove_file(w);
        }
    }
    return started;
}

void writer_flush(writer *w) {
    pthread_mutex_lock(&w->lock);
    uint64_t mine = ++w->flushes_wanted;
    pthread_cond_signal(&w->wake);
    while (w->flushes_done < mine && !w->stopping) {
        condition_wait(&w->done, &w->lock, 1000000000);
    }
    pthread_mutex_unlock(&w->lock);
}

static void join(writer *w) {
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    pthread_cond_signal(&w->wake);
    pthread_cond_broadcast(&w->done);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
}

void writer_stop(writer *w) {
    join(w);
    strings_close(&w->texts);
}

void writer_discard(writer *w) {
    w->discarded = true;
    writer_stop(w);
}
