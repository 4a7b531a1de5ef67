/*
 * Measures the hook library's own work, without CUDA: how long a job's thread takes to get and hand over a buffer beyond
 * its allocation, and how many kernel records a second the writer turns into a capture of how many bytes.
 *
 * usage: bench MILLION_HAND_OVERS MILLION_KERNELS FILE
 */
#include "anchors.h"
#include "buffers.h"
#include "chunks.h"
#include "fake_cupti.h"
#include "records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { NAMES = 200, BUFFER = 1 << 20 };

static int next_record(uint8_t *buffer, size_t valid, uint8_t **record) {
    uint8_t *next = *record == NULL ? buffer : *record + 216;
    if (next + 216 > buffer + valid) {
        return CUPTI_LIMIT_REACHED;
    }
    *record = next;
    return CUPTI_OK;
}

static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* What reading the clock costs by itself. */
static double clock_seconds(void) {
    enum { READINGS = 100000 };
    double before = cpu_seconds();
    for (int i = 1; i < READINGS; i++) {
        cpu_seconds();
    }
    return (cpu_seconds() - before) / READINGS;
}

/* Take and hand over, as CUPTI's two callbacks do; the clearing between them is the writer's and is not counted. */
static void measure_hand_over(long count) {
    static buffers pool;
    enum { ROUND = SPARE_BUFFERS };
    double seconds = 0;
    double clock = clock_seconds();
    pool.size = 4 << 10;
    pool.bound = 1 << 30;
    for (long done = 0; done < count; done += ROUND) {
        double before = cpu_seconds();
        for (int i = 0; i < ROUND; i++) {
            size_t size;
            uint8_t *data = buffers_take(&pool, &size);
            buffers_hand_over(&pool, data, 64);
        }
        seconds += done < 100 ? 0 : cpu_seconds() - before - clock;
        for (buffer *b = buffers_take_completed(&pool); b != NULL;) {
            buffer *after = b->next;
            buffers_recycle(&pool, b);
            b = after;
        }
    }
    printf("hand-over: %.1f ns for taking and handing over a buffer\n", 1e9 * seconds / (double)(count - 100));
}

/* A thousand kinds of launch as a training job has them: long mangled names, microseconds apart, with an own correlation. */
static size_t fill(uint8_t *buffer, uint64_t *time, uint32_t *correlation, char names[NAMES][160]) {
    size_t used = 0;
    for (; used + 216 <= BUFFER; used += 216) {
        uint8_t record[FAKE_LARGEST];
        uint32_t which = *correlation * 2654435761u;
        uint64_t length = 1500 + which % 90000;
        fake_event e = {.kind = KIND_CONCURRENT_KERNEL, .start = *time, .end = *time + length, .context = 1,
                        .stream = 7 + which % 3, .correlation = *correlation, .name = names[which % NAMES]};
        fake_build(&e, 10, record);
        memcpy(buffer + used, record, 216);
        *time += length + 700;
        *correlation += 3;
    }
    return used;
}

static void measure_writer(long kernels, const char *path) {
    static chunks file;
    static strings texts;
    static char names[NAMES][160];
    static cupti api;
    static records out;
    uint8_t *buffer = malloc(BUFFER);
    uint64_t time = 1000000000000;
    uint32_t correlation = 1;
    double seconds = 0;
    for (int i = 0; i < NAMES; i++) {
        snprintf(names[i], sizeof names[i],
                 "_ZN7cutlass13device_kernelINS_4gemm6kernel13GemmUniversalIN4cute5tupleIJiiiiEEEEEEvNT_6ParamsE_%d_"
                 "sm90_xmma_gemm_bf16bf16_bf16f32",
                 i);
    }
    api.next_record = next_record;
    unlink(path);
    if (buffer == NULL || !chunks_open(&file, path) || !strings_open(&texts)) {
        fprintf(stderr, "bench: %s cannot be written\n", path);
        exit(1);
    }
    out = (records){.api = &api, .to = &file, .texts = &texts};
    while ((long)out.counts[COUNT_KERNELS] < kernels) {
        size_t used = fill(buffer, &time, &correlation, names);
        double before = cpu_seconds();
        records_write(&out, buffer, used);
        memset(buffer, 0, BUFFER); /* as a buffer is cleared before CUPTI gets it again */
        seconds += cpu_seconds() - before;
    }
    double before = cpu_seconds();
    chunks_close(&file);
    seconds += cpu_seconds() - before;
    double count = (double)out.counts[COUNT_KERNELS];
    printf("writer: %.1f M kernel records a second of processor, %.1f bytes each, %.0f M records\n",
           count / seconds / 1e6, (double)file.bytes / count, count / 1e6);
    strings_close(&texts);
    free(buffer);
}

int main(int count, char **words) {
    if (count != 4) {
        fprintf(stderr, "usage: bench MILLION_HAND_OVERS MILLION_KERNELS FILE\n");
        return 2;
    }
    measure_hand_over(atol(words[1]) * 1000000);
    measure_writer(atol(words[2]) * 1000000, words[3]);
    return 0;
}
