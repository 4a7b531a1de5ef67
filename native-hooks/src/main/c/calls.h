/* API calls that issue no GPU work and come by the thousand: they say nothing about a bubble. */
#ifndef BUBBLETRACE_CALLS_H
#define BUBBLETRACE_CALLS_H

#include "loader.h"

#include <stdbool.h>

/* Whether the runtime's (else the driver's) call number `id` is such a one. */
bool call_is_chatty(bool runtime, uint32_t id);

/* Asks CUPTI not to record them at all, where it can be asked. */
void calls_switch_off_chatty(const cupti *c);

#endif
