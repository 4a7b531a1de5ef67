/*
 * A thread that fetches completed records now and then: a slow flush holds neither the job nor the writer up.
 */
#ifndef BUBBLETRACE_FLUSHER_H
#define BUBBLETRACE_FLUSHER_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping;
    uint64_t pause_ns;
    void (*fetch)(void);
} flusher;

/* False where there is no thread to be had. */
bool flusher_start(flusher *it, uint64_t pause_ns, void (*fetch)(void));

/* Returns when the last fetch is over. */
void flusher_stop(flusher *it);

#endif
