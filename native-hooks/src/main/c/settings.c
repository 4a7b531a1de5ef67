#include "settings.h"

#include "message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

#define PREFIX "BUBBLETRACE_"

/* Variables of the library, and those that only bubbletrace's own programs and build read. */
static const char *const KNOWN[] = {"OUTPUT",      "CUPTI",     "ENABLED",   "CALLS",    "CHATTY",
                                    "NVTX",        "ALLOCATIONS", "WHOLE_GRAPHS", "MEMORY_MB", "BUFFER_KB",
                                    "FLUSH_MS",    NULL};
static const char *const FOREIGN[] = {"JAVA_OPTS", "TTY", "LC_ALL", "DEBUG", "REQUIRE_BROWSER", "REQUIRE_CC", "HOOKS", NULL};

static bool is_one_of(const char *const *names, const char *name, size_t length) {
    for (; *names != NULL; names++) {
        if (strlen(*names) == length && memcmp(*names, name, length) == 0) {
            return true;
        }
    }
    return false;
}

static void report_unknown(void) {
    for (char **variable = environ; variable != NULL && *variable != NULL; variable++) {
        const char *equals = strchr(*variable, '=');
        if (equals == NULL || strncmp(*variable, PREFIX, strlen(PREFIX)) != 0) {
            continue;
        }
        const char *name = *variable + strlen(PREFIX);
        size_t length = (size_t)(equals - name);
        if (!is_one_of(KNOWN, name, length) && !is_one_of(FOREIGN, name, length)) {
            say(PREFIX "%.*s is no variable of bubbletrace and is ignored; see bubbletrace run --help",
                (int)(length < 64 ? length : 64), name);
        }
    }
}

static const char *value_of(const char *name) {
    char variable[64];
    snprintf(variable, sizeof variable, PREFIX "%s", name);
    const char *value = getenv(variable);
    return value != NULL && *value != '\0' ? value : NULL;
}

static bool read_switch(const char *name, bool otherwise) {
    const char *value = value_of(name);
    if (value == NULL) {
        return otherwise;
    }
    if (strcmp(value, "0") == 0 || strcmp(value, "1") == 0) {
        return *value == '1';
    }
    say(PREFIX "%s is '%.64s', neither 0 nor 1; taken as %d", name, value, otherwise);
    return otherwise;
}

static uint64_t read_number(const char *name, uint64_t least, uint64_t most, uint64_t otherwise) {
    const char *value = value_of(name);
    if (value == NULL) {
        return otherwise;
    }
    char *end;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    if (errno == 0 && *end == '\0' && *value >= '0' && *value <= '9' && number >= least && number <= most) {
        return number;
    }
    say(PREFIX "%s is '%.64s', no number from %llu to %llu; taken as %llu", name, value, (unsigned long long)least,
        (unsigned long long)most, (unsigned long long)otherwise);
    return otherwise;
}

static void read_path(const char *name, char *into, const char *otherwise) {
    const char *value = value_of(name);
    if (value != NULL && strlen(value) >= PATH_MAX - 512) {
        say(PREFIX "%s is longer than a path may be; taken as '%s'", name, otherwise);
        value = NULL;
    }
    snprintf(into, PATH_MAX, "%s", value != NULL ? value : otherwise);
}

void settings_read(settings *into) {
    report_unknown();
    into->enabled = read_switch("ENABLED", true);
    into->calls = read_switch("CALLS", true);
    into->chatty_calls = read_switch("CHATTY", false);
    into->ranges = read_switch("NVTX", true);
    into->allocations = read_switch("ALLOCATIONS", true);
    into->whole_graphs = read_switch("WHOLE_GRAPHS", false);
    into->memory_bytes = read_number("MEMORY_MB", 1, 65536, 256) << 20;
    into->buffer_bytes = read_number("BUFFER_KB", 1, 65536, 1024) << 10;
    into->flush_ms = read_number("FLUSH_MS", 10, 60000, 1000);
    read_path("OUTPUT", into->folder, ".");
    read_path("CUPTI", into->cupti, "");
}
