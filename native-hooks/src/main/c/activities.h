/*
 * Which kinds of records CUPTI is to write.
 */
#ifndef BUBBLETRACE_ACTIVITIES_H
#define BUBBLETRACE_ACTIVITIES_H

#include "loader.h"
#include "settings.h"

/* BUBBLETRACE_OK, or why not even kernels can be recorded. */
int activities_enable(const cupti *api, const settings *told, char *why, size_t size);
void activities_disable(const cupti *api, const settings *told);

#endif
