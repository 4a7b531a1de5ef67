/*
 * The thread that parses completed buffers and writes the capture, and what it tells others meanwhile. It wakes by the
 * clock rather than by the job's threads, so that handing a buffer over costs them no system call.
 */
#ifndef BUBBLETRACE_WRITER_H
#define BUBBLETRACE_WRITER_H

#include "buffers.h"
#include "identity.h"
#include "records.h"
#include "settings.h"

#include <pthread.h>

typedef struct {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake; /* the writer waits for it */
    pthread_cond_t done; /* those who flush wait for it */
    bool stopping;
    bool discarded;
    uint64_t flushes_wanted;
    uint64_t flushes_done;
    uint64_t flush_ns;
    buffers *pool;
    chunks file;
    strings texts;
    records out;
    uint64_t last_anchor_ns;
    uint64_t last_chunk_ns;
    char problem[256]; /* of writing; set once, before has_problem */
    atomic_bool has_problem;
    atomic_uint_fast64_t kernels;
    atomic_uint_fast64_t written; /* records */
    atomic_uint_fast64_t dropped; /* by the writer */
    atomic_uint_fast64_t bytes;
    atomic_uint_fast64_t calls;
    atomic_uint_fast64_t dropped_at_bound;
    atomic_uint_fast64_t dropped_by_cupti;
} writer;

/* Makes the file and starts the thread; false fills why. */
bool writer_start(writer *w, const settings *told, const cupti *api, buffers *pool, char *why, size_t size);

/* Waits until all that was handed over before the call is in the file. */
void writer_flush(writer *w);

/* Writes what is there, ends the file and the thread. A capture without any event is removed. */
void writer_stop(writer *w);

/* Ends the thread and removes the file, as recording never began. */
void writer_discard(writer *w);

#endif
