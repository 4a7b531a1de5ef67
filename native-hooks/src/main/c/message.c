#include "message.h"

#include "threads.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LONGEST = 1024 };

static const char PREFIX[] = "bubbletrace: ";

/* One write, so that lines of several processes do not mix; the job's errno stays as it was. */
static void put_line(const char *text) {
    char line[sizeof PREFIX + LONGEST];
    int saved = errno;
    int length = snprintf(line, sizeof line, "%s%s", PREFIX, text);
    if (length > (int)sizeof line - 2) {
        length = (int)sizeof line - 2;
    }
    for (int i = 0; i < length; i++) {
        if ((unsigned char)line[i] < ' ' || line[i] == 127) {
            line[i] = '?';
        }
    }
    line[length] = '\n';
    signals_held held;
    signals_hold(&held);
    ssize_t written = write(STDERR_FILENO, line, (size_t)length + 1);
    (void)written;
    signals_release(&held);
    errno = saved;
}

void say(const char *format, ...) {
    char text[LONGEST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    put_line(text);
}

void say_and_keep(char *kept, size_t size, const char *format, ...) {
    char text[LONGEST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    snprintf(kept, size, "%s", text);
    put_line(text);
}
