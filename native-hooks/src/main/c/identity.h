/* Who the process is: host, process id, rank, command. */
#ifndef BUBBLETRACE_IDENTITY_H
#define BUBBLETRACE_IDENTITY_H

#include <stddef.h>

enum { COMMAND_LENGTH = 4096 };

typedef struct {
    char host[256];
    char boot[64];        /* of the machine's boot, which is what CLOCK_MONOTONIC counts from; "" where unknown */
    char command[COMMAND_LENGTH]; /* arguments with spaces between, never the environment */
    long pid;
    long rank;            /* -1 where nothing says it; so are the others */
    long local_rank;
    long world_size;
    const char *rank_from; /* the variable that said it, or "" */
} identity;

void identity_read(identity *into);

/* The capture's file name without its ending: host, pid and rank; letters, digits, dots, dashes alone. */
void identity_file_name(const identity *of, char *into, size_t size);

#endif
