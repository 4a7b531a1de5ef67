/* Moments that both clocks name: CLOCK_MONOTONIC, which all records bear, and CLOCK_REALTIME, which hosts share. */
#ifndef BUBBLETRACE_ANCHORS_H
#define BUBBLETRACE_ANCHORS_H

#include <stdint.h>

typedef struct {
    uint64_t monotonic_ns;
    uint64_t realtime_ns;
    uint64_t width_ns; /* of the bracket: the two times are of moments at most this far apart */
} anchor;

uint64_t monotonic_now(void);

/* The tightest of several brackets. */
anchor anchor_take(void);

#endif
