#include "session.h"

/* The library's C interface; session.c does the work. */

int bubbletrace_start(const bubbletrace_options *options) {
    return session_start(options);
}

int bubbletrace_stop(void) {
    return session_stop();
}

int bubbletrace_flush(void) {
    return session_flush();
}

int bubbletrace_get_status(bubbletrace_status *status) {
    return session_status(status);
}

int bubbletrace_push_span(uint64_t id) {
    return session_push(id);
}

int bubbletrace_pop_span(uint64_t *id) {
    return session_pop(id);
}

const char *bubbletrace_version(void) {
    return BUBBLETRACE_VERSION;
}
