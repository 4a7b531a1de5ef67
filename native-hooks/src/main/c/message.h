/* One-line messages on the job's standard error: only about what the user should know or do. */
#ifndef BUBBLETRACE_MESSAGE_H
#define BUBBLETRACE_MESSAGE_H

#include <stddef.h>

/* Writes "bubbletrace: " and the text as one line. Control characters become question marks. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same, and keeps the text (without the prefix) in kept. */
void say_and_keep(char *kept, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
