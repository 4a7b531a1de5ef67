/*
 * A job that does what its script, read from the standard input, says: one statement a line.
 *
 *   init | nvtx                          CUDA's and NVTX's first call
 *   start [FOLDER] | stop | flush | status | push ID | pop      the hook library's C interface; prints what it answers
 *   kernel NAME START END DEVICE CONTEXT STREAM CORRELATION [GRAPH NODE]
 *   kernels COUNT NAME START STEP LENGTH                        many of them
 *   copy KIND START END DEVICE CONTEXT STREAM CORRELATION BYTES
 *   peer SOURCE TARGET START END DEVICE CONTEXT STREAM CORRELATION BYTES
 *   memset START END DEVICE CONTEXT STREAM CORRELATION BYTES
 *   graph ID START END DEVICE CONTEXT STREAM CORRELATION
 *   runtime|driver NUMBER START END THREAD CORRELATION
 *   sync TYPE START END CONTEXT STREAM CORRELATION EVENT
 *   range ID THREAD START END TEXT...  | open ID THREAD START TEXT... | mark ID THREAD TIME TEXT...
 *   overhead KIND THREAD START END | device ID BYTES NAME... | memory OPERATION TIME ADDRESS BYTES DEVICE
 *   unknown KIND                         a record of that kind, whatever it is
 *   complete                             the current buffer
 *   drop COUNT                           records that CUPTI lost
 *   threads COUNT KERNELS                so many threads, with so many kernels each
 *   sleep MS | print TEXT
 *   fork                                 a child that exits with 0 at once; the parent waits for it
 *   exit CODE | _exit CODE | abort | kill
 */
#include "bubbletrace_hooks.h"
#include "cupti_abi.h"
#include "job.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 16 };

typedef struct {
    char *word[WORDS];
    int count;
    const char *rest[WORDS]; /* the line from each word on */
} statement;

static uint64_t n(const statement *s, int place) {
    return place < s->count ? strtoull(s->word[place], NULL, 0) : 0;
}

/* Names must outlive the line: CUPTI's do. */
static const char *keep(const char *text) {
    return strdup(text);
}

static void place(fake_event *e, const statement *s, int from) {
    e->start = n(s, from);
    e->end = n(s, from + 1);
    e->device = (uint32_t)n(s, from + 2);
    e->context = (uint32_t)n(s, from + 3);
    e->stream = (uint32_t)n(s, from + 4);
    e->correlation = (uint32_t)n(s, from + 5);
}

static void kernel(const statement *s) {
    fake_event e = {.kind = KIND_CONCURRENT_KERNEL, .name = keep(s->word[1])};
    place(&e, s, 2);
    e.graph = (uint32_t)n(s, 8);
    e.node = n(s, 9);
    job_emit(&e);
}

static void kernels(const statement *s) {
    const char *name = keep(s->word[2]);
    for (uint64_t i = 0; i < n(s, 1); i++) {
        uint64_t start = n(s, 3) + i * n(s, 4);
        fake_event e = {.kind = KIND_CONCURRENT_KERNEL, .name = name, .start = start, .end = start + n(s, 5),
                        .context = 1, .stream = 7, .correlation = (uint32_t)i + 1};
        job_emit(&e);
    }
}

static void copy(const statement *s) {
    fake_event e = {.kind = KIND_MEMCPY, .what = (uint32_t)n(s, 1), .source = 1, .target = 3, .bytes = n(s, 8)};
    place(&e, s, 2);
    job_emit(&e);
}

static void peer(const statement *s) {
    fake_event e = {.kind = KIND_MEMCPY2, .source = (uint32_t)n(s, 1), .target = (uint32_t)n(s, 2), .bytes = n(s, 9)};
    place(&e, s, 3);
    job_emit(&e);
}

static void set_memory(const statement *s) {
    fake_event e = {.kind = KIND_MEMSET, .bytes = n(s, 7)};
    place(&e, s, 1);
    job_emit(&e);
}

static void graph(const statement *s) {
    fake_event e = {.kind = KIND_GRAPH_TRACE, .graph = (uint32_t)n(s, 1)};
    place(&e, s, 2);
    job_emit(&e);
}

static void call(const statement *s) {
    fake_event e = {.kind = strcmp(s->word[0], "runtime") == 0 ? KIND_RUNTIME : KIND_DRIVER,
                    .what = (uint32_t)n(s, 1), .start = n(s, 2), .end = n(s, 3), .thread = (uint32_t)n(s, 4),
                    .correlation = (uint32_t)n(s, 5)};
    job_emit(&e);
}

static void sync_call(const statement *s) {
    fake_event e = {.kind = KIND_SYNCHRONIZATION, .what = (uint32_t)n(s, 1), .start = n(s, 2), .end = n(s, 3),
                    .context = (uint32_t)n(s, 4), .stream = (uint32_t)n(s, 5), .correlation = (uint32_t)n(s, 6),
                    .id = n(s, 7)};
    job_emit(&e);
}

static void marker(uint32_t flags, uint64_t id, uint64_t thread, uint64_t time, const char *text) {
    fake_event e = {.kind = KIND_MARKER, .what = flags, .id = id, .thread = (uint32_t)thread, .start = time,
                    .name = text == NULL ? NULL : keep(text)};
    job_emit(&e);
}

static void range(const statement *s) {
    marker(MARKER_START, n(s, 1), n(s, 2), n(s, 3), s->rest[5]);
    marker(MARKER_END, n(s, 1), n(s, 2), n(s, 4), NULL);
}

static void open_range(const statement *s) {
    marker(MARKER_START, n(s, 1), n(s, 2), n(s, 3), s->rest[4]);
}

static void mark(const statement *s) {
    marker(MARKER_INSTANT, n(s, 1), n(s, 2), n(s, 3), s->rest[4]);
}

static void overhead(const statement *s) {
    fake_event e = {.kind = KIND_OVERHEAD, .what = (uint32_t)n(s, 1), .thread = (uint32_t)n(s, 2), .start = n(s, 3),
                    .end = n(s, 4)};
    job_emit(&e);
}

static void device(const statement *s) {
    fake_event e = {.kind = KIND_DEVICE, .device = (uint32_t)n(s, 1), .bytes = n(s, 2), .name = keep(s->rest[3])};
    job_emit(&e);
}

static void memory(const statement *s) {
    fake_event e = {.kind = KIND_MEMORY2, .what = (uint32_t)n(s, 1), .start = n(s, 2), .id = n(s, 3),
                    .bytes = n(s, 4), .device = (uint32_t)n(s, 5)};
    job_emit(&e);
}

static void unknown(const statement *s) {
    fake_event e = {.kind = (uint32_t)n(s, 1)};
    job_emit(&e);
}

static void *emit_many(void *count) {
    for (uint64_t i = 1; i <= *(uint64_t *)count; i++) {
        fake_event e = {.kind = KIND_CONCURRENT_KERNEL, .name = "threaded", .start = 1000 * i, .end = 1000 * i + 500,
                        .context = 1, .stream = 7, .correlation = (uint32_t)i};
        job_emit(&e);
        if (i % 100 == 0) {
            job_complete_buffer();
        }
    }
    return NULL;
}

static void threads(const statement *s) {
    pthread_t thread[64];
    uint64_t each = n(s, 2);
    uint64_t count = n(s, 1) < 64 ? n(s, 1) : 64;
    job_emit(&(fake_event){.kind = KIND_OVERHEAD, .start = 1, .end = 2}); /* looks the symbol up before they race for it */
    for (uint64_t i = 0; i < count; i++) {
        pthread_create(&thread[i], NULL, emit_many, &each);
    }
    for (uint64_t i = 0; i < count; i++) {
        pthread_join(thread[i], NULL);
    }
}

static void start(const statement *s) {
    int (*function)(const bubbletrace_options *);
    *(void **)&function = job_hook("bubbletrace_start");
    bubbletrace_options options = {.size = sizeof options, .folder = s->count > 1 ? s->word[1] : NULL};
    printf("start %d\n", function(&options));
}

static void plain(const statement *s) {
    char name[64];
    int (*function)(void);
    snprintf(name, sizeof name, "bubbletrace_%s", s->word[0]);
    *(void **)&function = job_hook(name);
    printf("%s %d\n", s->word[0], function());
}

static void status(const statement *s) {
    (void)s;
    int (*function)(bubbletrace_status *);
    *(void **)&function = job_hook("bubbletrace_get_status");
    bubbletrace_status now = {.size = sizeof now};
    int result = function(&now);
    printf("status %d state %u cupti %u result %u kernels %" PRIu64 " records %" PRIu64 " dropped %" PRIu64
           " path %d message %s\n",
           result, now.state, now.cupti_version, now.result, now.kernels, now.records, now.dropped,
           now.path[0] != '\0', now.message);
}

static void push(const statement *s) {
    int (*function)(uint64_t);
    *(void **)&function = job_hook("bubbletrace_push_span");
    printf("push %d\n", function(n(s, 1)));
}

static void pop(const statement *s) {
    (void)s;
    int (*function)(uint64_t *);
    uint64_t id = 0;
    *(void **)&function = job_hook("bubbletrace_pop_span");
    int result = function(&id);
    printf("pop %d id %" PRIu64 "\n", result, id);
}

static void init(const statement *s) {
    (void)s;
    job_init_cuda();
}

static void nvtx(const statement *s) {
    (void)s;
    job_init_nvtx();
}

static void complete(const statement *s) {
    (void)s;
    job_complete_buffer();
}

static void drop(const statement *s) {
    job_drop((size_t)n(s, 1));
}

static void nap(const statement *s) {
    usleep((useconds_t)n(s, 1) * 1000);
}

static void print(const statement *s) {
    puts(s->rest[1]);
}

static void fork_child(const statement *s) {
    (void)s;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        fake_event e = {.kind = KIND_CONCURRENT_KERNEL, .name = "child", .start = 1, .end = 2};
        job_emit(&e);
        job_complete_buffer();
        exit(0);
    }
    int result = 0;
    waitpid(child, &result, 0);
    printf("child %d\n", result);
}

static void leave(const statement *s) {
    exit((int)n(s, 1));
}

static void leave_at_once(const statement *s) {
    fflush(stdout);
    _exit((int)n(s, 1));
}

static void die(const statement *s) {
    fflush(stdout);
    if (strcmp(s->word[0], "abort") == 0) {
        abort();
    }
    kill(getpid(), SIGKILL);
}

typedef struct {
    const char *word;
    void (*run)(const statement *);
} command;

static const command COMMANDS[] = {
    {"init", init},         {"nvtx", nvtx},       {"start", start},       {"stop", plain},
    {"flush", plain},       {"status", status},   {"push", push},         {"pop", pop},
    {"kernel", kernel},     {"kernels", kernels}, {"copy", copy},         {"peer", peer},
    {"memset", set_memory}, {"graph", graph},     {"runtime", call},      {"driver", call},
    {"sync", sync_call},    {"range", range},     {"open", open_range},   {"mark", mark},
    {"overhead", overhead}, {"device", device},   {"memory", memory},     {"unknown", unknown},
    {"complete", complete}, {"drop", drop},       {"threads", threads},   {"sleep", nap},
    {"print", print},       {"fork", fork_child}, {"exit", leave},        {"_exit", leave_at_once},
    {"abort", die},         {"kill", die},
};

static void parse(char *line, statement *s) {
    static char words[4096];
    snprintf(words, sizeof words, "%s", line);
    s->count = 0;
    for (int i = 0; i < WORDS; i++) {
        s->rest[i] = "";
    }
    for (char *word = strtok(words, " "); word != NULL && s->count < WORDS; word = strtok(NULL, " ")) {
        s->rest[s->count] = line + (word - words);
        s->word[s->count++] = word;
    }
}

static void run(char *line) {
    statement s;
    parse(line, &s);
    for (size_t i = 0; s.count > 0 && i < sizeof COMMANDS / sizeof *COMMANDS; i++) {
        if (strcmp(s.word[0], COMMANDS[i].word) == 0) {
            COMMANDS[i].run(&s);
            return;
        }
    }
    if (s.count > 0) {
        fprintf(stderr, "play: what is '%s'?\n", s.word[0]);
        exit(98);
    }
}

int main(void) {
    char line[4096];
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        run(line);
    }
    return 0;
}
