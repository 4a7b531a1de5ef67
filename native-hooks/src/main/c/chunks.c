#include "chunks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const uint8_t MAGIC[8] = {0x89, 'B', 'T', 'C', 'A', 'P', '\r', '\n'};
static const uint8_t CHUNK_MAGIC[4] = {'B', 'T', 'c', 'k'};

static void put_u32(uint8_t *at, uint32_t value) {
    for (int i = 0; i < 4; i++) {
        at[i] = (uint8_t)(value >> (8 * i));
    }
}

static void write_all(chunks *c, const uint8_t *bytes, size_t length) {
    while (length > 0 && c->problem == 0) {
        ssize_t written = write(c->file, bytes, length);
        if (written >= 0) {
            bytes += written;
            length -= (size_t)written;
            c->bytes += (uint64_t)written;
        } else if (errno != EINTR) {
            c->problem = errno;
        }
    }
}

static void start_chunk(chunks *c) {
    c->used = CHUNK_HEADER;
    c->records = 0;
    c->last_work = 0;
    c->last_host = 0;
    c->last_correlation = 0;
    c->last_thread = 0;
}

bool chunks_open(chunks *c, const char *path) {
    snprintf(c->path, sizeof c->path, "%s", path);
    crc32c_prepare(&c->crc);
    c->sequence = 0;
    c->bytes = 0;
    c->problem = 0;
    c->file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
    if (c->file < 0) {
        c->problem = errno;
        return false;
    }
    uint8_t header[FILE_HEADER] = {0};
    memcpy(header, MAGIC, sizeof MAGIC);
    put_u32(header + 8, FORMAT_VERSION);
    put_u32(header + 12, crc32c(&c->crc, 0, header, 12));
    write_all(c, header, sizeof header);
    start_chunk(c);
    return c->problem == 0;
}

void chunks_flush(chunks *c) {
    if (c->used == CHUNK_HEADER) {
        return;
    }
    uint8_t *header = c->data;
    memcpy(header, CHUNK_MAGIC, sizeof CHUNK_MAGIC);
    put_u32(header + 4, c->sequence++);
    put_u32(header + 8, c->records);
    put_u32(header + 12, (uint32_t)(c->used - CHUNK_HEADER));
    uint32_t crc = crc32c(&c->crc, 0, header, 16);
    put_u32(header + 16, crc32c(&c->crc, crc, c->data + CHUNK_HEADER, c->used - CHUNK_HEADER));
    if (c->file >= 0) {
        write_all(c, c->data, c->used);
    }
    start_chunk(c);
}

void chunks_close(chunks *c) {
    if (c->file < 0) {
        return;
    }
    chunks_flush(c);
    if (close(c->file) != 0 && c->problem == 0 && errno != EINTR) {
        c->problem = errno;
    }
    c->file = -1;
}

void chunks_put_text(chunks *c, uint8_t tag, uint64_t number, const char *text, size_t length) {
    length = length < LONGEST_TEXT ? length : LONGEST_TEXT;
    record_out number_bytes = {c, NULL, (uint8_t[10]){0}};
    uint8_t *first = number_bytes.at;
    put(&number_bytes, number);
    size_t extra = (size_t)(number_bytes.at - first);
    record_out r = {c, c->data + c->used, c->data + c->used + 1};
    *r.start = tag;
    put(&r, extra + length);
    memcpy(r.at, first, extra);
    memcpy(r.at + extra, text, length);
    c->used = (size_t)(r.at - c->data) + extra + length;
    c->records++;
    if (c->used >= CHUNK_HEADER + CHUNK_FULL) {
        chunks_flush(c);
    }
}
