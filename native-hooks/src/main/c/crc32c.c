#include "crc32c.h"

#include <string.h>

static const uint32_t POLYNOMIAL = 0x82f63b78; /* reflected */

void crc32c_prepare(crc32c_table *table) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? POLYNOMIAL : 0);
        }
        table->of[0][byte] = crc;
    }
    for (int slice = 1; slice < 8; slice++) {
        for (int byte = 0; byte < 256; byte++) {
            uint32_t crc = table->of[slice - 1][byte];
            table->of[slice][byte] = (crc >> 8) ^ table->of[0][crc & 255];
        }
    }
}

uint32_t crc32c(const crc32c_table *table, uint32_t before, const uint8_t *bytes, size_t length) {
    uint32_t crc = ~before;
    for (; length >= 8; length -= 8, bytes += 8) {
        uint32_t low = crc ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                              (uint32_t)bytes[3] << 24);
        crc = table->of[7][low & 255] ^ table->of[6][low >> 8 & 255] ^ table->of[5][low >> 16 & 255] ^
              table->of[4][low >> 24] ^ table->of[3][bytes[4]] ^ table->of[2][bytes[5]] ^ table->of[1][bytes[6]] ^
              table->of[0][bytes[7]];
    }
    for (; length > 0; length--, bytes++) {
        crc = (crc >> 8) ^ table->of[0][(crc ^ *bytes) & 255];
    }
    return ~crc;
}
