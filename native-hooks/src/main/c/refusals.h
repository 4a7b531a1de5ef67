/* What CUPTI's refusals mean, in one line that says what to do. */
#ifndef BUBBLETRACE_REFUSALS_H
#define BUBBLETRACE_REFUSALS_H

#include "loader.h"

#include <stddef.h>

/*
 * Fills why for CUPTI's answer `code` to `what`; `other` is the name of the tool that holds the subscription, or "".
 * Returns the bubbletrace_result that fits.
 */
int refusal(const cupti *api, const char *what, int code, const char *other, char *why, size_t size);

#endif
