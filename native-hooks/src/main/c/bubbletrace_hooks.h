/*
 * The C interface of bubbletrace's hook library, for programs that start and stop recording themselves, such as the
 * Java agent through JNI. A job that only sets CUDA_INJECTION64_PATH needs none of it.
 *
 * Every function may be called from any thread at any time, also before CUDA is initialised, and none ever ends the
 * process. Results are 0 or one of bubbletrace_result; bubbletrace_get_status tells the reason in words. In a child
 * made by fork without exec nothing is recorded and every function returns BUBBLETRACE_FORKED.
 *
 * Times are nanoseconds of CLOCK_MONOTONIC, which System.nanoTime() of HotSpot reads on Linux too.
 */
#ifndef BUBBLETRACE_HOOKS_H
#define BUBBLETRACE_HOOKS_H

#include <stdint.h>

#if defined(__GNUC__)
#define BUBBLETRACE_EXPORT __attribute__((visibility("default")))
#else
#define BUBBLETRACE_EXPORT
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a function of this library answers. Numbers keep their meaning for ever. */
typedef enum {
    BUBBLETRACE_OK = 0,
    BUBBLETRACE_NOT_RECORDING = 1,     /* stop, flush, push or pop while nothing is recorded */
    BUBBLETRACE_ALREADY_RECORDING = 2, /* start while recording: the first recording goes on */
    BUBBLETRACE_NO_CUPTI = 3,          /* no libcupti could be loaded */
    BUBBLETRACE_CUPTI_TOO_OLD = 4,     /* older than CUDA 11.0's, or lacking a function */
    BUBBLETRACE_CUPTI_TAKEN = 5,       /* another profiler holds CUPTI's only subscription */
    BUBBLETRACE_NO_GPU = 6,            /* no driver or no device */
    BUBBLETRACE_CUPTI_FAILED = 7,      /* any other refusal by CUPTI */
    BUBBLETRACE_UNWRITABLE = 8,        /* the capture file cannot be made or written */
    BUBBLETRACE_FORKED = 9,            /* called in a child made by fork */
    BUBBLETRACE_BAD_ARGUMENT = 10,
    BUBBLETRACE_OFF = 11               /* BUBBLETRACE_ENABLED=0 */
} bubbletrace_result;

/* Where recording stands. */
typedef enum {
    BUBBLETRACE_IDLE = 0,      /* never started */
    BUBBLETRACE_RECORDING = 1,
    BUBBLETRACE_STOPPED = 2,   /* stopped; may be started again, into a new file */
    BUBBLETRACE_FAILED = 3     /* the last start failed, or the disk is full; may be started again */
} bubbletrace_state;

/* Options of one recording. Set size to sizeof(bubbletrace_options); later versions append fields. */
typedef struct {
    uint32_t size;
    uint32_t reserved;
    const char *folder; /* where the capture file goes; NULL: BUBBLETRACE_OUTPUT, else the working directory */
    const char *cupti;  /* path of libcupti; NULL: BUBBLETRACE_CUPTI, else one that the process has loaded, else known names */
} bubbletrace_options;

/* What recording has done so far. Set size to sizeof(bubbletrace_status) before the call. */
typedef struct {
    uint32_t size;
    uint32_t state;         /* a bubbletrace_state */
    uint32_t cupti_version; /* as cuptiGetVersion says, 0 where none is loaded */
    uint32_t result;        /* of the last start: a bubbletrace_result */
    uint64_t kernels;       /* kernel records written */
    uint64_t records;       /* records of all kinds written */
    uint64_t dropped;       /* records lost: by CUPTI, at the memory bound, incomplete, or unwritable */
    uint64_t bytes;         /* length of the capture file */
    char path[1024];        /* of the capture file; "" where there is none */
    char message[256];      /* the last problem in one line; "" where there was none */
} bubbletrace_status;

/* Starts recording. NULL takes everything from the BUBBLETRACE_* variables. Does not wait for CUDA: without a GPU it
   fails, and the job is none the worse for it. */
BUBBLETRACE_EXPORT int bubbletrace_start(const bubbletrace_options *options);

/* Stops recording, writes what is there and closes the file. Gives CUPTI's subscription back, so that another profiler
   (such as torch.profiler) can take it. */
BUBBLETRACE_EXPORT int bubbletrace_stop(void);

/* Writes everything that has been completed to the file before it returns. */
BUBBLETRACE_EXPORT int bubbletrace_flush(void);

/* Fills status; also says how the last recording ended. */
BUBBLETRACE_EXPORT int bubbletrace_get_status(bubbletrace_status *status);

/* GPU work that the calling thread issues from now on belongs to span id, until the matching pop. The capture then holds
   one record for each API call that ties its correlation id to the span's. Spans nest, per thread. */
BUBBLETRACE_EXPORT int bubbletrace_push_span(uint64_t id);

/* Ends the innermost span of the calling thread; its id goes to *id where id is not NULL. */
BUBBLETRACE_EXPORT int bubbletrace_pop_span(uint64_t *id);

/* Version of this library, such as "0.1.0". */
BUBBLETRACE_EXPORT const char *bubbletrace_version(void);

#ifdef __cplusplus
}
#endif

#endif
