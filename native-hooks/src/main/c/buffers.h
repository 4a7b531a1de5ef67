/*
 * Activity buffers between CUPTI, which asks for them and completes them on any thread, and the one writer. Taking and
 * handing over are lock-free: the job's threads never wait. What waits for the writer is bounded; beyond the bound the
 * records of a buffer are counted and dropped.
 */
#ifndef BUBBLETRACE_BUFFERS_H
#define BUBBLETRACE_BUFFERS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SPARE_BUFFERS = 16 };

/* A completed buffer. */
typedef struct buffer {
    struct buffer *next;
    size_t size;
    size_t valid;
} buffer;

typedef struct {
    _Atomic(buffer *) completed; /* last first */
    _Atomic(buffer *) spare[SPARE_BUFFERS];
    atomic_size_t waiting; /* bytes in completed */
    atomic_size_t bound;
    atomic_size_t size; /* of a new buffer */
} buffers;

/* A zeroed buffer, or NULL where there is no memory left at all. */
uint8_t *buffers_take(buffers *from, size_t *size);

/* Hands a completed buffer over; false where the bound is reached, and then nothing was taken. */
bool buffers_hand_over(buffers *to, uint8_t *data, size_t valid);

/* Everything completed so far, first first. */
buffer *buffers_take_completed(buffers *from);

/* Its records. */
uint8_t *buffers_data(buffer *b);

/* Clears a buffer whose records are read or dropped, and keeps it for the next request or frees it. */
void buffers_recycle(buffers *of, buffer *b);

/* The same by what CUPTI knows of it. */
void buffers_recycle_data(buffers *of, uint8_t *data);

#endif
