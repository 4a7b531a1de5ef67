/*
 * One recording after another of this process. CUPTI's callbacks carry no pointer of ours and the driver starts us
 * through a function without arguments, so there is one session in a process: the library's only global state.
 */
#ifndef BUBBLETRACE_SESSION_H
#define BUBBLETRACE_SESSION_H

#include "bubbletrace_hooks.h"
#include "loader.h"

int session_start(const bubbletrace_options *options);
int session_stop(void);
int session_flush(void);
int session_status(bubbletrace_status *status);
int session_push(uint64_t id);
int session_pop(uint64_t *id);

/* libcupti for NVTX alone, which may be injected before or without a recording; NULL where there is none. */
const cupti *session_cupti(void);

#endif
