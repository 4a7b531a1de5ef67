/*
 * Texts of a capture by number: each is written once, when it is first met. The table is bounded; when it is full it is
 * emptied, and texts met again get new numbers. Used by the writer thread alone.
 */
#ifndef BUBBLETRACE_STRINGS_H
#define BUBBLETRACE_STRINGS_H

#include "chunks.h"

enum {
    STRING_SLOTS = 1 << 17, /* a power of two */
    MOST_STRINGS = STRING_SLOTS / 2,
    MOST_STRING_BYTES = 32 << 20,
    RECENT_POINTERS = 1 << 12
};

typedef struct {
    const char *text; /* own copy, in one of the blocks */
    uint32_t length;
    uint32_t hash;
    uint64_t id;
} string_entry;

/* Where a pointer led the last time. What it leads to now is compared, as memory may have been used again. */
typedef struct {
    const char *pointer;
    const string_entry *entry;
} recent_pointer;

typedef struct string_block string_block;

typedef struct {
    uint64_t next_id; /* 0 is no text */
    uint32_t count;
    size_t bytes;
    string_block *blocks;
    string_entry *slots;
    recent_pointer *recent;
} strings;

/* False where there is no memory. */
bool strings_open(strings *s);

void strings_close(strings *s);

/* The number of text, 0 for NULL; writes it to the capture where it is new. */
uint64_t strings_id(strings *s, chunks *to, const char *text);

#endif
