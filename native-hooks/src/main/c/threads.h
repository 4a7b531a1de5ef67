/* Threads of the library: they take none of the job's signals. */
#ifndef BUBBLETRACE_THREADS_H
#define BUBBLETRACE_THREADS_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

bool thread_start(pthread_t *thread, void *(*body)(void *), void *argument);

/* A condition that is waited for by CLOCK_MONOTONIC. */
void condition_prepare(pthread_cond_t *condition);

/* Waits at most so long; spurious returns are the caller's to bear. */
void condition_wait(pthread_cond_t *condition, pthread_mutex_t *lock, uint64_t ns);

/* While held, a file beyond the job's size limit is an error to see rather than a signal that ends the job. */
typedef struct {
    sigset_t before;
    bool was_pending;
} signals_held;

void signals_hold(signals_held *held);
void signals_release(const signals_held *held);

#endif
