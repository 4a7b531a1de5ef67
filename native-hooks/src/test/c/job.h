/* What the tests' jobs need of the fakes: found at run time, as a real job finds CUDA. */
#ifndef JOB_H
#define JOB_H

#include "fake_cupti.h"

/* The fake libcuda's cuInit, which injects the hook library where CUDA_INJECTION64_PATH says so. */
void job_init_cuda(void);

/* What a job's first NVTX call does with NVTX_INJECTION64_PATH. */
void job_init_nvtx(void);

/* Hands an event to the fake libcupti, which records it where its kind is enabled. */
void job_emit(const fake_event *event);

void job_complete_buffer(void);
void job_drop(size_t count);

/* A symbol of the hook library that BUBBLETRACE_HOOKS names, for its C interface. */
void *job_hook(const char *name);

#endif
