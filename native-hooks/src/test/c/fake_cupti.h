/*
 * A stand-in for libcupti that needs no driver and no GPU. It keeps CUPTI's contract as far as the hook library relies on
 * it, says "fake: MISUSE ..." on standard error where that contract is broken, and plays what a script tells it.
 *
 * FAKE_CUPTI_VERSION      what cuptiGetVersion says (130001)
 * FAKE_CUPTI_GENERATION   version of the kernel record, 4 to 10, and of the other records that go with it (10)
 * FAKE_CUPTI_FAIL         functions that fail, as cuptiSubscribe_v2=39,cuptiActivityEnable=35
 * FAKE_CUPTI_OTHER        name of the tool that holds the subscription, for error 39
 * FAKE_CUPTI_SLOW_MS      how long a flush takes
 * FAKE_CUPTI_USE_BYTES    how much of a buffer is used at most, for tiny ones
 */
#ifndef FAKE_CUPTI_H
#define FAKE_CUPTI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t kind;
    uint64_t start;
    uint64_t end;
    uint32_t device;
    uint32_t context;
    uint32_t stream;
    uint32_t correlation;
    const char *name;
    uint32_t graph;
    uint64_t node;
    uint64_t bytes;
    uint32_t what; /* copy kind, callback number, synchronisation type, overhead kind, memory operation, marker flags */
    uint32_t source;
    uint32_t target;
    uint32_t thread;
    uint32_t result;
    uint64_t id;
    const char *domain;
} fake_event;

enum { FAKE_LARGEST = 512 };

/* Bytes of a record of that kind in that generation; 0 for kinds that this CUPTI does not know. */
size_t fake_size(uint32_t kind, int generation);

/* Whether the hook library may ask for that kind. */
bool fake_knows(uint32_t kind);

/* Builds the record that CUPTI of that generation would give. */
void fake_build(const fake_event *event, int generation, uint8_t *into);

/* What scripts call; found by name, as the library is loaded at run time. */
typedef void (*fake_emit_function)(const fake_event *event);
typedef void (*fake_complete_function)(void);
typedef void (*fake_drop_function)(size_t count);

#endif
