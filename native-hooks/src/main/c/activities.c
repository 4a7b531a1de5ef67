#include "activities.h"

#include "bubbletrace_hooks.h"
#include "calls.h"
#include "refusals.h"

static const int ALWAYS[] = {KIND_MEMCPY,   KIND_MEMCPY2,  KIND_MEMSET,
                             KIND_SYNCHRONIZATION, KIND_OVERHEAD, KIND_DEVICE, 0};
static const int CALLS[] = {KIND_RUNTIME, KIND_DRIVER, KIND_EXTERNAL_CORRELATION, 0};
static const int RANGES[] = {KIND_MARKER, 0};
static const int ALLOCATIONS[] = {KIND_MEMORY2, 0};
static const int WHOLE_GRAPHS[] = {KIND_GRAPH_TRACE, 0};

/* The optional kinds: without one of them the rest is still worth recording. */
static void switch_all(int (*change)(int), const int *kinds) {
    for (; *kinds != 0; kinds++) {
        change(*kinds);
    }
}

static void switch_kinds(int (*change)(int), const settings *told) {
    switch_all(change, ALWAYS);
    if (told->calls) {
        switch_all(change, CALLS);
    }
    if (told->ranges) {
        switch_all(change, RANGES);
    }
    if (told->allocations) {
        switch_all(change, ALLOCATIONS);
    }
    if (told->whole_graphs) {
        switch_all(change, WHOLE_GRAPHS);
    }
}

int activities_enable(const cupti *api, const settings *told, char *why, size_t size) {
    int code = api->enable(KIND_CONCURRENT_KERNEL);
    if (code != CUPTI_OK) {
        return refusal(api, "cuptiActivityEnable", code, "", why, size);
    }
    switch_kinds(api->enable, told);
    if (told->calls && !told->chatty_calls) {
        calls_switch_off_chatty(api);
    }
    return BUBBLETRACE_OK;
}

void activities_disable(const cupti *api, const settings *told) {
    api->disable(KIND_CONCURRENT_KERNEL);
    switch_kinds(api->disable, told);
}
