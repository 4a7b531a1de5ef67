/*
 * The capture file: append-only chunks of tagged records, each chunk with its length and CRC-32C. See FORMAT.md; what is
 * here and what is there must agree. Used by the writer thread alone.
 */
#ifndef BUBBLETRACE_CHUNKS_H
#define BUBBLETRACE_CHUNKS_H

#include "crc32c.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    FORMAT_VERSION = 1,
    FILE_HEADER = 16,
    CHUNK_HEADER = 20,
    CHUNK_FULL = 256 << 10, /* payload bytes after which a chunk is written */
    LONGEST_RECORD = 127,   /* body of a record without text */
    LONGEST_TEXT = 16 << 10
};

typedef struct {
    int file; /* -1 where there is none */
    int problem; /* errno of what ended writing; 0 while all is well */
    uint32_t sequence;
    uint64_t bytes; /* written to the file */
    char path[PATH_MAX];
    crc32c_table crc;
    uint64_t last_work;  /* times and numbers that the next record's are told relative to; 0 at a chunk's start */
    uint64_t last_host;
    uint64_t last_correlation;
    uint64_t last_thread;
    uint32_t records; /* in the open chunk */
    size_t used;
    uint8_t data[CHUNK_HEADER + CHUNK_FULL + 2 * LONGEST_TEXT];
} chunks;

/* Makes the file `path`, which must not exist, and writes its header; false sets problem. */
bool chunks_open(chunks *c, const char *path);

/* Writes the open chunk where it holds anything. After a problem, nothing more is written. */
void chunks_flush(chunks *c);

/* Flushes and closes. */
void chunks_close(chunks *c);

/* A record on its way into the open chunk. */
typedef struct {
    chunks *to;
    uint8_t *start;
    uint8_t *at;
} record_out;

/* Begins a record of at most LONGEST_RECORD bytes. */
static inline record_out record_begin(chunks *c, uint8_t tag) {
    uint8_t *start = c->data + c->used;
    *start = tag;
    return (record_out){c, start, start + 2};
}

/* An unsigned number of 1 to 10 bytes, seven bits each, the lowest first. */
static inline void put(record_out *r, uint64_t value) {
    uint8_t *at = r->at;
    while (value >= 128) {
        *at++ = (uint8_t)(value | 128);
        value >>= 7;
    }
    *at++ = (uint8_t)value;
    r->at = at;
}

/* The difference of two numbers modulo 2^64, small where they lie close, in either direction. */
static inline void put_from(record_out *r, uint64_t value, uint64_t from) {
    int64_t difference = (int64_t)(value - from);
    put(r, ((uint64_t)difference << 1) ^ (uint64_t)(difference >> 63));
}

/* Ends the record; writes the chunk where it is full. */
static inline void record_end(record_out *r) {
    chunks *c = r->to;
    r->start[1] = (uint8_t)(r->at - r->start - 2);
    c->used = (size_t)(r->at - c->data);
    c->records++;
    if (c->used >= CHUNK_HEADER + CHUNK_FULL) {
        chunks_flush(c);
    }
}

/* A record of numbers and then a text of at most LONGEST_TEXT bytes; the rest of a longer one is left out. */
void chunks_put_text(chunks *c, uint8_t tag, uint64_t number, const char *text, size_t length);

#endif
