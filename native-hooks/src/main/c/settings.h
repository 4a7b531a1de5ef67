/* The BUBBLETRACE_* variables, read and checked once a recording. Bad ones are reported and fall back to the default. */
#ifndef BUBBLETRACE_SETTINGS_H
#define BUBBLETRACE_SETTINGS_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    bool enabled;         /* BUBBLETRACE_ENABLED */
    bool calls;           /* BUBBLETRACE_CALLS: runtime and driver calls */
    bool chatty_calls;    /* BUBBLETRACE_CHATTY: also calls that issue no work and come by the thousand */
    bool ranges;          /* BUBBLETRACE_NVTX */
    bool allocations;     /* BUBBLETRACE_ALLOCATIONS */
    bool whole_graphs;    /* BUBBLETRACE_WHOLE_GRAPHS: a graph launch is one record, its kernels are not recorded */
    uint64_t memory_bytes; /* BUBBLETRACE_MEMORY_MB: bound of what waits for the writer */
    uint64_t buffer_bytes; /* BUBBLETRACE_BUFFER_KB: one activity buffer */
    uint64_t flush_ms;     /* BUBBLETRACE_FLUSH_MS: how often completed records are fetched and written */
    char folder[PATH_MAX]; /* BUBBLETRACE_OUTPUT */
    char cupti[PATH_MAX];  /* BUBBLETRACE_CUPTI; "" where it is not told */
} settings;

/* Reads the environment; says what is wrong with it. */
void settings_read(settings *into);

#endif
