#include "strings.h"

#include "tags.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 20 };

struct string_block {
    string_block *next;
    size_t used;
    char data[BLOCK];
};

bool strings_open(strings *s) {
    memset(s, 0, sizeof *s);
    s->next_id = 1;
    s->slots = calloc(STRING_SLOTS, sizeof *s->slots);
    s->recent = calloc(RECENT_POINTERS, sizeof *s->recent);
    if (s->slots == NULL || s->recent == NULL) {
        strings_close(s);
        return false;
    }
    return true;
}

static void free_blocks(strings *s) {
    while (s->blocks != NULL) {
        string_block *next = s->blocks->next;
        free(s->blocks);
        s->blocks = next;
    }
}

void strings_close(strings *s) {
    free_blocks(s);
    free(s->slots);
    free(s->recent);
    memset(s, 0, sizeof *s);
}

/* Numbers go on, so that those written stay true. */
static void forget(strings *s) {
    free_blocks(s);
    memset(s->slots, 0, STRING_SLOTS * sizeof *s->slots);
    memset(s->recent, 0, RECENT_POINTERS * sizeof *s->recent);
    s->count = 0;
    s->bytes = 0;
}

static uint32_t hash_of(const char *text, size_t length) {
    uint64_t hash = 0x9e3779b97f4a7c15u ^ length;
    for (; length >= 8; length -= 8, text += 8) {
        uint64_t word;
        memcpy(&word, text, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    for (; length > 0; length--, text++) {
        hash = (hash ^ (uint8_t)*text) * 0x100000001b3u;
    }
    return (uint32_t)(hash ^ (hash >> 32));
}

static const char *keep(strings *s, const char *text, size_t length) {
    if (s->blocks == NULL || s->blocks->used + length + 1 > BLOCK) {
        string_block *block = malloc(sizeof *block);
        if (block == NULL) {
            return NULL;
        }
        block->next = s->blocks;
        block->used = 0;
        s->blocks = block;
        s->bytes += BLOCK;
    }
    char *copy = s->blocks->data + s->blocks->used;
    memcpy(copy, text, length);
    copy[length] = '\0';
    s->blocks->used += length + 1;
    return copy;
}

static string_entry *find(strings *s, const char *text, size_t length, uint32_t hash) {
    uint32_t slot = hash & (STRING_SLOTS - 1);
    for (;; slot = (slot + 1) & (STRING_SLOTS - 1)) {
        string_entry *entry = &s->slots[slot];
        if (entry->text == NULL || (entry->hash == hash && entry->length == length &&
                                    memcmp(entry->text, text, length) == 0)) {
            return entry;
        }
    }
}

static const string_entry *add(strings *s, chunks *to, const char *text, size_t length, uint32_t hash) {
    if (s->count >= MOST_STRINGS || s->bytes > MOST_STRING_BYTES) {
        forget(s);
    }
    string_entry *entry = find(s, text, length, hash);
    const char *copy = keep(s, text, length);
    if (copy == NULL) {
        return NULL;
    }
    *entry = (string_entry){copy, (uint32_t)length, hash, s->next_id++};
    s->count++;
    chunks_put_text(to, TAG_STRING, entry->id, text, length);
    return entry;
}

uint64_t strings_id(strings *s, chunks *to, const char *text) {
    if (text == NULL) {
        return 0;
    }
    recent_pointer *recent = &s->recent[((uintptr_t)text >> 3) & (RECENT_POINTERS - 1)];
    if (recent->pointer == text && strncmp(recent->entry->text, text, LONGEST_TEXT) == 0) {
        return recent->entry->id;
    }
    size_t length = strnlen(text, LONGEST_TEXT - 1);
    uint32_t hash = hash_of(text, length);
    const string_entry *entry = find(s, text, length, hash);
    if (entry->text == NULL) {
        entry = add(s, to, text, length, hash);
    }
    if (entry == NULL) {
        return 0;
    }
    *recent = (recent_pointer){text, entry};
    return entry->id;
}
