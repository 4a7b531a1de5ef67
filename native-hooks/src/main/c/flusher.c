#include "flusher.h"

#include "threads.h"

static void *fetch_until_stopped(void *argument) {
    flusher *it = argument;
    pthread_mutex_lock(&it->lock);
    while (!it->stopping) {
        condition_wait(&it->wake, &it->lock, it->pause_ns);
        bool stopping = it->stopping;
        pthread_mutex_unlock(&it->lock);
        if (!stopping) {
            it->fetch();
        }
        pthread_mutex_lock(&it->lock);
    }
    pthread_mutex_unlock(&it->lock);
    return NULL;
}

bool flusher_start(flusher *it, uint64_t pause_ns, void (*fetch)(void)) {
    pthread_mutex_init(&it->lock, NULL);
    condition_prepare(&it->wake);
    it->stopping = false;
    it->pause_ns = pause_ns;
    it->fetch = fetch;
    return thread_start(&it->thread, fetch_until_stopped, it);
}

void flusher_stop(flusher *it) {
    pthread_mutex_lock(&it->lock);
    it->stopping = true;
    pthread_cond_signal(&it->wake);
    pthread_mutex_unlock(&it->lock);
    pthread_join(it->thread, NULL);
}
