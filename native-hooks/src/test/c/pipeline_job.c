/*
 * One rank of a pipeline job, as a training script under injection is: it initialises CUDA, labels its forwards and
 * backwards with NVTX, launches kernels from API calls, and exits. Runs 1F1B; its clock is the script's, so that what
 * each device did when is known exactly.
 *
 * usage: RANK=r WORLD_SIZE=p pipeline_job BASE_NS MICROBATCHES FORWARD_NS BACKWARD_NS ITERATIONS
 *
 * Prints the window in nanoseconds: with equal stages and no transfers, (microbatches + p - 1) (forward + backward).
 */
#include "cupti_abi.h"
#include "job.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_STAGES = 16, MOST_BATCHES = 256, LAUNCH_NS = 2000, LABEL_NS = 3000 };

typedef struct {
    int stages;
    int batches;
    uint64_t length[2]; /* of a forward, of a backward */
    uint64_t end[2][MOST_STAGES][MOST_BATCHES];
    uint64_t free[MOST_STAGES];
    int done[2][MOST_STAGES];
} pipeline;

static uint32_t correlation;
static uint32_t range_id;

static uint64_t latest(uint64_t a, uint64_t b) {
    return a > b ? a : b;
}

/* What a stage does next: forwards up to the depth of the pipeline behind it, then one backward after each forward. */
static int next_phase(const pipeline *p, int stage) {
    int warm_up = p->stages - stage < p->batches ? p->stages - stage : p->batches;
    int forwards = p->done[0][stage];
    int backwards = p->done[1][stage];
    return forwards < p->batches && forwards - backwards < warm_up ? 0 : 1;
}

static void label(const char *text, uint64_t start, uint64_t end) {
    fake_event open = {.kind = KIND_MARKER, .what = MARKER_START, .id = ++range_id, .thread = (uint32_t)getpid(),
                       .start = start, .name = strdup(text)};
    fake_event close = {.kind = KIND_MARKER, .what = MARKER_END, .id = range_id, .thread = (uint32_t)getpid(),
                        .start = end};
    job_emit(&open);
    job_emit(&close);
}

/* Two kernels back to back, launched just before, inside a labelled range. */
static void emit_task(int it, int stage, int batch, int phase, uint64_t start, uint64_t end) {
    char text[96];
    uint64_t half[] = {start, start + (end - start) / 2, end};
    snprintf(text, sizeof text, "it=%d stage=%d mb=%d phase=%s", it, stage, batch, phase == 0 ? "F" : "B");
    label(text, start - LABEL_NS, start - 100);
    for (int i = 0; i < 2; i++) {
        fake_event call = {.kind = KIND_RUNTIME, .what = 211, .start = start - LAUNCH_NS + 500 * (uint64_t)i,
                           .end = start - LAUNCH_NS + 500 * (uint64_t)i + 300, .thread = (uint32_t)getpid(),
                           .correlation = ++correlation};
        fake_event kernel = {.kind = KIND_CONCURRENT_KERNEL, .name = "_Z10gemm_tiledPKfS0_Pf", .start = half[i],
                             .end = half[i + 1], .context = 1, .stream = 7, .correlation = correlation};
        job_emit(&call);
        job_emit(&kernel);
    }
}

static bool is_ready(const pipeline *p, int stage, int batch, int phase, uint64_t *from) {
    bool is_first = phase == 0 ? stage == 0 : stage == p->stages - 1;
    uint64_t input = is_first ? p->end[0][stage][batch] : p->end[phase][phase == 0 ? stage - 1 : stage + 1][batch];
    *from = latest(p->free[stage], is_first && phase == 0 ? 0 : input);
    return (is_first && phase == 0) || input != 0;
}

/* Runs every stage's next task as soon as its input is there, until none is left; returns the window's end. */
static uint64_t iterate(pipeline *p, int it, int own, uint64_t start) {
    uint64_t end = start;
    memset(p->end, 0, sizeof p->end);
    memset(p->done, 0, sizeof p->done);
    for (int stage = 0; stage < p->stages; stage++) {
        p->free[stage] = start;
    }
    for (int left = 2 * p->stages * p->batches; left > 0;) {
        for (int stage = 0; stage < p->stages; stage++) {
            int phase = next_phase(p, stage);
            int batch = p->done[phase][stage];
            uint64_t from;
            if (batch == p->batches || !is_ready(p, stage, batch, phase, &from)) {
                continue;
            }
            uint64_t to = from + p->length[phase];
            if (stage == own) {
                emit_task(it, stage, batch, phase, from, to);
            }
            p->end[phase][stage][batch] = to;
            p->free[stage] = to;
            p->done[phase][stage]++;
            end = latest(end, to);
            left--;
        }
    }
    return end;
}

int main(int count, char **words) {
    if (count != 6 || getenv("RANK") == NULL || getenv("WORLD_SIZE") == NULL) {
        fprintf(stderr, "usage: RANK=r WORLD_SIZE=p pipeline_job BASE_NS MICROBATCHES FORWARD_NS BACKWARD_NS ITERATIONS\n");
        return 2;
    }
    static pipeline p;
    p.stages = atoi(getenv("WORLD_SIZE"));
    p.batches = atoi(words[2]);
    p.length[0] = strtoull(words[3], NULL, 10);
    p.length[1] = strtoull(words[4], NULL, 10);
    if (p.stages < 1 || p.stages > MOST_STAGES || p.batches < 1 || p.batches > MOST_BATCHES) {
        return 2;
    }
    uint64_t start = strtoull(words[1], NULL, 10);
    uint64_t window = 0;
    job_init_nvtx();
    job_init_cuda();
    for (int it = 0; it < atoi(words[5]); it++) {
        uint64_t end = iterate(&p, it, atoi(getenv("RANK")), start);
        window = end - start;
        start = end + 1000000;
    }
    printf("%" PRIu64 "\n", window);
    return 0;
}
