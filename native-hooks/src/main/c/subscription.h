/*
 * Being CUPTI's one tool: it serves one at a time, and says so only to those who subscribe.
 */
#ifndef BUBBLETRACE_SUBSCRIPTION_H
#define BUBBLETRACE_SUBSCRIPTION_H

#include "loader.h"

/* BUBBLETRACE_OK, or why not; the other tool by its name where CUPTI tells it. */
int subscription_take(const cupti *api, void **subscriber, char *why, size_t size);

/* Does nothing where *subscriber is NULL. */
void subscription_give_back(const cupti *api, void **subscriber);

#endif
