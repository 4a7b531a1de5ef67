/* Turns a buffer of CUPTI's records into records of the capture. Used by the writer thread alone. */
#ifndef BUBBLETRACE_RECORDS_H
#define BUBBLETRACE_RECORDS_H

#include "chunks.h"
#include "loader.h"
#include "strings.h"
#include "tags.h"

enum { CALL_NAMES = 4096 };

typedef struct {
    const cupti *api;
    chunks *to;
    strings *texts;
    bool chatty_calls; /* keep them */
    uint64_t counts[COUNTERS];
    uint8_t named[2][CALL_NAMES / 8]; /* driver and runtime calls whose names are written, a bit each */
} records;

/* Writes all records of a buffer. Only the first `valid` bytes are looked at, whatever they hold. */
void records_write(records *r, uint8_t *data, size_t valid);

/* How many records a buffer holds. */
uint64_t records_count(const cupti *api, uint8_t *data, size_t valid);

#endif
