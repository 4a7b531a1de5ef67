#include "threads.h"

#include "anchors.h"

#include <time.h>

bool thread_start(pthread_t *thread, void *(*body)(void *), void *argument) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(thread, NULL, body, argument) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

void condition_prepare(pthread_cond_t *condition) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

void condition_wait(pthread_cond_t *condition, pthread_mutex_t *lock, uint64_t ns) {
    uint64_t end = monotonic_now() + ns;
    struct timespec until = {.tv_sec = (time_t)(end / 1000000000u), .tv_nsec = (long)(end % 1000000000u)};
    pthread_cond_timedwait(condition, lock, &until);
}

static bool is_pending(int signal) {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, signal) == 1;
}

void signals_hold(signals_held *held) {
    sigset_t limit;
    sigemptyset(&limit);
    sigaddset(&limit, SIGXFSZ);
    held->was_pending = is_pending(SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &limit, &held->before);
}

void signals_release(const signals_held *held) {
    if (!held->was_pending && is_pending(SIGXFSZ)) {
        sigset_t limit;
        sigemptyset(&limit);
        sigaddset(&limit, SIGXFSZ);
        struct timespec none = {0, 0};
        sigtimedwait(&limit, NULL, &none);
    }
    pthread_sigmask(SIG_SETMASK, &held->before, NULL);
}
