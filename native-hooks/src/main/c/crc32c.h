/* CRC-32C (Castagnoli), as iSCSI and java.util.zip.CRC32C have it. */
#ifndef BUBBLETRACE_CRC32C_H
#define BUBBLETRACE_CRC32C_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t of[8][256];
} crc32c_table;

void crc32c_prepare(crc32c_table *table);

/* The checksum of what `before` is the checksum of, 0 for nothing, and then of the bytes. */
uint32_t crc32c(const crc32c_table *table, uint32_t before, const uint8_t *bytes, size_t length);

#endif
