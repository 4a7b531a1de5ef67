/* Tags of the records in a capture, and numbers of its counters. FORMAT.md says what each holds. They never change. */
#ifndef BUBBLETRACE_TAGS_H
#define BUBBLETRACE_TAGS_H

enum tag {
    TAG_STRING = 1,
    TAG_IDENTITY = 2,
    TAG_ANCHOR = 3,
    TAG_COUNTER = 4,
    TAG_DEVICE = 5,
    TAG_CALL_NAME = 6,
    TAG_END = 7,
    TAG_KERNEL = 16,
    TAG_COPY = 17,
    TAG_PEER_COPY = 18,
    TAG_MEMSET = 19,
    TAG_CALL = 20,
    TAG_SYNCHRONIZATION = 21,
    TAG_MARKER = 22,
    TAG_SPAN = 23,
    TAG_OVERHEAD = 24,
    TAG_GRAPH = 25,
    TAG_MEMORY = 26
};

enum counter {
    COUNT_KERNELS = 0,
    COUNT_COPIES = 1,
    COUNT_MEMSETS = 2,
    COUNT_CALLS = 3,
    COUNT_SYNCHRONIZATIONS = 4,
    COUNT_MARKERS = 5,
    COUNT_SPANS = 6,
    COUNT_OVERHEADS = 7,
    COUNT_GRAPHS = 8,
    COUNT_MEMORY = 9,
    COUNT_DEVICES = 10,
    COUNT_CHATTY_CALLS = 16,       /* left out on purpose */
    COUNT_UNKNOWN_KINDS = 17,      /* records of kinds that nobody asked for */
    COUNT_DROPPED_BY_CUPTI = 32,
    COUNT_DROPPED_AT_BOUND = 33,   /* more waited for the writer than BUBBLETRACE_MEMORY_MB */
    COUNT_DROPPED_INCOMPLETE = 34, /* start or end was 0 when recording stopped */
    COUNT_DROPPED_MALFORMED = 35,  /* shorter than any version of its kind, or what CUPTI cannot step over */
    COUNT_DROPPED_UNWRITABLE = 36, /* after the file could no longer be written */
    COUNTERS = 40
};

#endif
