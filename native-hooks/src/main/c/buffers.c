#include "buffers.h"

#include <stdlib.h>
#include <string.h>

/* Room before the records, a multiple of CUPTI's alignment. */
enum { HEADER = 64 };

_Static_assert(sizeof(buffer) <= HEADER, "a buffer's header does not fit");

uint8_t *buffers_data(buffer *b) {
    return (uint8_t *)b + HEADER;
}

static buffer *of_data(uint8_t *data) {
    return (buffer *)(void *)(data - HEADER);
}

static buffer *take_spare(buffers *from) {
    for (int i = 0; i < SPARE_BUFFERS; i++) {
        if (atomic_load_explicit(&from->spare[i], memory_order_relaxed) != NULL) {
            buffer *b = atomic_exchange(&from->spare[i], NULL);
            if (b != NULL) {
                return b;
            }
        }
    }
    return NULL;
}

uint8_t *buffers_take(buffers *from, size_t *size) {
    buffer *b = take_spare(from);
    if (b == NULL) {
        size_t bytes = atomic_load_explicit(&from->size, memory_order_relaxed);
        b = calloc(1, HEADER + bytes);
        if (b == NULL) {
            *size = 0;
            return NULL;
        }
        b->size = bytes;
    }
    *size = b->size;
    return buffers_data(b);
}

bool buffers_hand_over(buffers *to, uint8_t *data, size_t valid) {
    buffer *b = of_data(data);
    size_t before = atomic_fetch_add(&to->waiting, b->size);
    if (before + b->size > atomic_load_explicit(&to->bound, memory_order_relaxed)) {
        atomic_fetch_sub(&to->waiting, b->size);
        return false;
    }
    b->valid = valid < b->size ? valid : b->size;
    buffer *head = atomic_load_explicit(&to->completed, memory_order_relaxed);
    do {
        b->next = head;
    } while (!atomic_compare_exchange_weak(&to->completed, &head, b));
    return true;
}

buffer *buffers_take_completed(buffers *from) {
    buffer *last = atomic_exchange(&from->completed, NULL);
    buffer *first = NULL;
    while (last != NULL) {
        buffer *before = last->next;
        last->next = first;
        first = last;
        atomic_fetch_sub(&from->waiting, last->size);
        last = before;
    }
    return first;
}

void buffers_recycle(buffers *of, buffer *b) {
    if (b->size == atomic_load_explicit(&of->size, memory_order_relaxed)) {
        memset(buffers_data(b), 0, b->size);
        for (int i = 0; i < SPARE_BUFFERS; i++) {
            buffer *none = NULL;
            if (atomic_compare_exchange_strong(&of->spare[i], &none, b)) {
                return;
            }
        }
    }
    free(b);
}

void buffers_recycle_data(buffers *of, uint8_t *data) {
    buffers_recycle(of, of_data(data));
}
