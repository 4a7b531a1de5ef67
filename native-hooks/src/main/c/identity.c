#include "identity.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_RANKS = 9999999 };

static const char *const RANK[] = {"RANK", "OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID", NULL};
static const char *const LOCAL_RANK[] = {"LOCAL_RANK", "OMPI_COMM_WORLD_LOCAL_RANK", "SLURM_LOCALID", NULL};
static const char *const WORLD_SIZE[] = {"WORLD_SIZE", "OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_NTASKS", NULL};

static long number_in(const char *name) {
    const char *value = getenv(name);
    if (value == NULL || !isdigit((unsigned char)*value)) {
        return -1;
    }
    char *end;
    long number = strtol(value, &end, 10);
    return *end == '\0' && number <= MOST_RANKS ? number : -1;
}

static long first_number(const char *const *names, const char **from) {
    for (; *names != NULL; names++) {
        long number = number_in(*names);
        if (number >= 0) {
            *from = *names;
            return number;
        }
    }
    *from = "";
    return -1;
}

/* The start of a small file without its last line's end. */
static size_t read_file(const char *path, char *into, size_t size) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, into, size - 1);
    if (file >= 0) {
        close(file);
    }
    length = length < 0 ? 0 : length;
    while (length > 0 && (into[length - 1] == '\n' || into[length - 1] == '\0')) {
        length--;
    }
    into[length] = '\0';
    return (size_t)length;
}

static void read_command(char *into, size_t size) {
    size_t length = read_file("/proc/self/cmdline", into, size);
    for (size_t i = 0; i < length; i++) {
        if (into[i] == '\0') {
            into[i] = ' ';
        }
    }
}

void identity_read(identity *into) {
    const char *from;
    memset(into, 0, sizeof *into);
    if (gethostname(into->host, sizeof into->host - 1) != 0 || into->host[0] == '\0') {
        strcpy(into->host, "unknown");
    }
    read_file("/proc/sys/kernel/random/boot_id", into->boot, sizeof into->boot);
    read_command(into->command, sizeof into->command);
    into->pid = (long)getpid();
    into->local_rank = first_number(LOCAL_RANK, &from);
    into->world_size = first_number(WORLD_SIZE, &from);
    into->rank = first_number(RANK, &into->rank_from);
}

void identity_file_name(const identity *of, char *into, size_t size) {
    char rank[32] = "";
    if (of->rank >= 0) {
        snprintf(rank, sizeof rank, "-rank%ld", of->rank);
    }
    snprintf(into, size, "%.64s-%ld%s", of->host, of->pid, rank);
    for (char *c = into; *c != '\0'; c++) {
        if (!isalnum((unsigned char)*c) && *c != '-' && *c != '.') {
            *c = '_';
        }
    }
}
