/* Records as CUPTI gives them: built from the toolkit's own structs where its headers are present. */
#include "fake_cupti.h"

#include "cupti_abi.h"

#include <string.h>

#ifdef HAVE_TOOLKIT
#include <cupti.h>
#include <cupti_activity_deprecated.h>

static const size_t KERNEL[] = {sizeof(CUpti_ActivityKernel4), sizeof(CUpti_ActivityKernel5),
                                sizeof(CUpti_ActivityKernel6), sizeof(CUpti_ActivityKernel7),
                                sizeof(CUpti_ActivityKernel8), sizeof(CUpti_ActivityKernel9),
                                sizeof(CUpti_ActivityKernel10)};
static const size_t COPY[] = {sizeof(CUpti_ActivityMemcpy),  sizeof(CUpti_ActivityMemcpy3),
                              sizeof(CUpti_ActivityMemcpy4), sizeof(CUpti_ActivityMemcpy4),
                              sizeof(CUpti_ActivityMemcpy5), sizeof(CUpti_ActivityMemcpy5),
                              sizeof(CUpti_ActivityMemcpy6)};
static const size_t PEER[] = {sizeof(CUpti_ActivityMemcpyPtoP),  sizeof(CUpti_ActivityMemcpyPtoP),
                              sizeof(CUpti_ActivityMemcpyPtoP2), sizeof(CUpti_ActivityMemcpyPtoP2),
                              sizeof(CUpti_ActivityMemcpyPtoP3), sizeof(CUpti_ActivityMemcpyPtoP3),
                              sizeof(CUpti_ActivityMemcpyPtoP4)};
static const size_t MEMSET[] = {sizeof(CUpti_ActivityMemset),  sizeof(CUpti_ActivityMemset2),
                                sizeof(CUpti_ActivityMemset3), sizeof(CUpti_ActivityMemset3),
                                sizeof(CUpti_ActivityMemset4), sizeof(CUpti_ActivityMemset4),
                                sizeof(CUpti_ActivityMemset4)};
static const size_t CALL[] = {sizeof(CUpti_ActivityAPI)};
static const size_t SYNC[] = {sizeof(CUpti_ActivitySynchronization), sizeof(CUpti_ActivitySynchronization),
                              sizeof(CUpti_ActivitySynchronization), sizeof(CUpti_ActivitySynchronization),
                              sizeof(CUpti_ActivitySynchronization), sizeof(CUpti_ActivitySynchronization),
                              sizeof(CUpti_ActivitySynchronization2)};
static const size_t GRAPH[] = {sizeof(CUpti_ActivityGraphTrace), sizeof(CUpti_ActivityGraphTrace),
                               sizeof(CUpti_ActivityGraphTrace), sizeof(CUpti_ActivityGraphTrace),
                               sizeof(CUpti_ActivityGraphTrace), sizeof(CUpti_ActivityGraphTrace2),
                               sizeof(CUpti_ActivityGraphTrace2)};
static const size_t MARKER[] = {sizeof(CUpti_ActivityMarker), sizeof(CUpti_ActivityMarker2)};
static const size_t EXTERNAL[] = {sizeof(CUpti_ActivityExternalCorrelation)};
static const size_t OVERHEAD[] = {sizeof(CUpti_ActivityOverhead), sizeof(CUpti_ActivityOverhead),
                                  sizeof(CUpti_ActivityOverhead), sizeof(CUpti_ActivityOverhead),
                                  sizeof(CUpti_ActivityOverhead2), sizeof(CUpti_ActivityOverhead3)};
static const size_t DEVICE[] = {sizeof(CUpti_ActivityDevice2), sizeof(CUpti_ActivityDevice3),
                                sizeof(CUpti_ActivityDevice4), sizeof(CUpti_ActivityDevice5)};
static const size_t MEMORY[] = {sizeof(CUpti_ActivityMemory2), sizeof(CUpti_ActivityMemory2),
                                sizeof(CUpti_ActivityMemory3), sizeof(CUpti_ActivityMemory3),
                                sizeof(CUpti_ActivityMemory3), sizeof(CUpti_ActivityMemory3),
                                sizeof(CUpti_ActivityMemory4)};
#else
static const size_t KERNEL[] = {144, 160, 168, 176, 200, 208, 216};
static const size_t COPY[] = {64, 72, 80, 80, 88, 88, 96};
static const size_t PEER[] = {72, 72, 80, 80, 88, 88, 96};
static const size_t MEMSET[] = {64, 72, 80, 80, 88, 88, 88};
static const size_t CALL[] = {40};
static const size_t SYNC[] = {40, 40, 40, 40, 40, 40, 56};
static const size_t GRAPH[] = {48, 48, 48, 48, 48, 56, 56};
static const size_t MARKER[] = {48, 56};
static const size_t EXTERNAL[] = {24};
static const size_t OVERHEAD[] = {40, 40, 40, 40, 48, 56};
static const size_t DEVICE[] = {144, 152, 176, 184};
static const size_t MEMORY[] = {112, 112, 120, 120, 120, 120, 128};
#endif

bool fake_knows(uint32_t kind) {
    static const uint8_t KNOWN[] = {KIND_MEMCPY, KIND_MEMSET, KIND_DRIVER, KIND_RUNTIME, KIND_DEVICE,
                                    KIND_CONCURRENT_KERNEL, KIND_MARKER, KIND_OVERHEAD, KIND_MEMCPY2,
                                    KIND_SYNCHRONIZATION, KIND_EXTERNAL_CORRELATION, KIND_MEMORY2, KIND_GRAPH_TRACE};
    return memchr(KNOWN, (int)kind, sizeof KNOWN) != NULL && kind < 256;
}

#define SIZE(table) size_of(table, sizeof table / sizeof *table, generation)

static size_t size_of(const size_t *table, int count, int generation) {
    int place = generation - 4 < count ? generation - 4 : count - 1;
    return table[place < 0 ? 0 : place];
}

size_t fake_size(uint32_t kind, int generation) {
    switch (kind) {
        case KIND_CONCURRENT_KERNEL:
            return SIZE(KERNEL);
        case KIND_MEMCPY:
            return SIZE(COPY);
        case KIND_MEMCPY2:
            return SIZE(PEER);
        case KIND_MEMSET:
            return SIZE(MEMSET);
        case KIND_RUNTIME:
        case KIND_DRIVER:
            return SIZE(CALL);
        case KIND_SYNCHRONIZATION:
            return SIZE(SYNC);
        case KIND_GRAPH_TRACE:
            return SIZE(GRAPH);
        case KIND_MARKER:
            return SIZE(MARKER);
        case KIND_EXTERNAL_CORRELATION:
            return SIZE(EXTERNAL);
        case KIND_OVERHEAD:
            return SIZE(OVERHEAD);
        case KIND_DEVICE:
            return SIZE(DEVICE);
        case KIND_MEMORY2:
            return SIZE(MEMORY);
        default:
            return kind < 64 ? 64 : 0;
    }
}

#ifdef HAVE_TOOLKIT

#define FILL_KERNEL(version)                                          \
    static void fill_kernel##version(const fake_event *e, void *at) { \
        CUpti_ActivityKernel##version *r = at;                        \
        r->start = e->start;                                          \
        r->end = e->end;                                              \
        r->deviceId = e->device;                                      \
        r->contextId = e->context;                                    \
        r->streamId = e->stream;                                      \
        r->correlationId = e->correlation;                            \
        r->name = e->name;                                            \
        r->gridX = 1;                                                 \
        r->gridY = 2;                                                 \
        r->gridZ = 3;                                                 \
        r->blockX = 128;                                              \
        r->blockY = 1;                                                \
        r->blockZ = 1;                                                \
        r->staticSharedMemory = 16;                                   \
        r->dynamicSharedMemory = 1024;                                \
        r->completed = e->end;                                        \
        FILL_GRAPH_##version                                          \
    }
#define FILL_GRAPH r->graphNodeId = e->node; r->graphId = e->graph;
#define FILL_GRAPH_4
#define FILL_GRAPH_5 FILL_GRAPH
#define FILL_GRAPH_6 FILL_GRAPH
#define FILL_GRAPH_7 FILL_GRAPH
#define FILL_GRAPH_8 FILL_GRAPH
#define FILL_GRAPH_9 FILL_GRAPH
#define FILL_GRAPH_10 FILL_GRAPH
FILL_KERNEL(4)
FILL_KERNEL(5)
FILL_KERNEL(6)
FILL_KERNEL(7)
FILL_KERNEL(8)
FILL_KERNEL(9)
FILL_KERNEL(10)

static void fill_kernel(const fake_event *e, int generation, void *at) {
    static void (*const FILL[])(const fake_event *, void *) = {
        fill_kernel4, fill_kernel5, fill_kernel6, fill_kernel7, fill_kernel8, fill_kernel9, fill_kernel10};
    FILL[generation - 4](e, at);
}

/* Of the other records only the newest struct is filled: the older ones are its beginning. */
static void fill(const fake_event *e, uint8_t *at) {
    switch (e->kind) {
        case KIND_MEMCPY: {
            CUpti_ActivityMemcpy6 *r = (void *)at;
            r->copyKind = (uint8_t)e->what;
            r->srcKind = (uint8_t)e->source;
            r->dstKind = (uint8_t)e->target;
            r->bytes = e->bytes;
            r->start = e->start;
            r->end = e->end;
            r->deviceId = e->device;
            r->contextId = e->context;
            r->streamId = e->stream;
            r->correlationId = e->correlation;
            return;
        }
        case KIND_MEMCPY2: {
            CUpti_ActivityMemcpyPtoP4 *r = (void *)at;
            r->copyKind = 10;
            r->bytes = e->bytes;
            r->start = e->start;
            r->end = e->end;
            r->deviceId = e->device;
            r->contextId = e->context;
            r->streamId = e->stream;
            r->srcDeviceId = e->source;
            r->dstDeviceId = e->target;
            r->correlationId = e->correlation;
            return;
        }
        case KIND_MEMSET: {
            CUpti_ActivityMemset4 *r = (void *)at;
            r->value = e->what;
            r->bytes = e->bytes;
            r->start = e->start;
            r->end = e->end;
            r->deviceId = e->device;
            r->contextId = e->context;
            r->streamId = e->stream;
            r->correlationId = e->correlation;
            return;
        }
        case KIND_RUNTIME:
        case KIND_DRIVER: {
            CUpti_ActivityAPI *r = (void *)at;
            r->cbid = e->what;
            r->start = e->start;
            r->end = e->end;
            r->threadId = e->thread;
            r->correlationId = e->correlation;
            r->returnValue = e->result;
            return;
        }
        case KIND_SYNCHRONIZATION: {
            CUpti_ActivitySynchronization2 *r = (void *)at;
            r->type = (CUpti_ActivitySynchronizationType)e->what;
            r->start = e->start;
            r->end = e->end;
            r->correlationId = e->correlation;
            r->contextId = e->context;
            r->streamId = e->stream;
            r->cudaEventId = (uint32_t)e->id;
            return;
        }
        case KIND_GRAPH_TRACE: {
            CUpti_ActivityGraphTrace2 *r = (void *)at;
            r->start = e->start;
            r->end = e->end;
            r->deviceId = e->device;
            r->contextId = e->context;
            r->streamId = e->stream;
            r->correlationId = e->correlation;
            r->graphId = e->graph;
            return;
        }
        case KIND_MARKER: {
            CUpti_ActivityMarker2 *r = (void *)at;
            r->flags = (CUpti_ActivityFlag)e->what;
            r->timestamp = e->start;
            r->id = (uint32_t)e->id;
            r->objectKind = CUPTI_ACTIVITY_OBJECT_THREAD;
            r->objectId.pt.processId = 1;
            r->objectId.pt.threadId = e->thread;
            r->name = e->name;
            r->domain = e->domain;
            return;
        }
        case KIND_EXTERNAL_CORRELATION: {
            CUpti_ActivityExternalCorrelation *r = (void *)at;
            r->externalKind = (CUpti_ExternalCorrelationKind)e->what;
            r->externalId = e->id;
            r->correlationId = e->correlation;
            return;
        }
        case KIND_OVERHEAD: {
            CUpti_ActivityOverhead3 *r = (void *)at;
            r->overheadKind = (CUpti_ActivityOverheadKind)e->what;
            r->objectId.pt.threadId = e->thread;
            r->start = e->start;
            r->end = e->end;
            return;
        }
        case KIND_DEVICE: {
            CUpti_ActivityDevice5 *r = (void *)at;
            r->id = e->device;
            r->name = e->name;
            r->globalMemorySize = e->bytes;
            r->computeCapabilityMajor = 9;
            r->computeCapabilityMinor = 0;
            r->numMultiprocessors = 132;
            memcpy(&r->uuid, "0123456789abcdef", 16);
            return;
        }
        case KIND_MEMORY2: {
            CUpti_ActivityMemory4 *r = (void *)at;
            r->memoryOperationType = (CUpti_ActivityMemoryOperationType)e->what;
            r->memoryKind = CUPTI_ACTIVITY_MEMORY_KIND_DEVICE;
            r->address = e->id;
            r->bytes = e->bytes;
            r->timestamp = e->start;
            r->deviceId = e->device;
            r->contextId = e->context;
            r->streamId = e->stream;
            r->correlationId = e->correlation;
            return;
        }
        default:
            return;
    }
}

#else

static void u8(uint8_t *at, size_t offset, uint32_t value) {
    at[offset] = (uint8_t)value;
}

static void u32(uint8_t *at, size_t offset, uint32_t value) {
    memcpy(at + offset, &value, sizeof value);
}

static void u64(uint8_t *at, size_t offset, uint64_t value) {
    memcpy(at + offset, &value, sizeof value);
}

static void text(uint8_t *at, size_t offset, const char *value) {
    memcpy(at + offset, &value, sizeof value);
}

static void place(const fake_event *e, uint8_t *at, size_t device, size_t start) {
    u64(at, start, e->start);
    u64(at, start + 8, e->end);
    u32(at, device, e->device);
    u32(at, device + 4, e->context);
    u32(at, device + 8, e->stream);
}

static void fill_kernel(const fake_event *e, int generation, void *record) {
    static const uint32_t LAUNCH[] = {1, 2, 3, 128, 1, 1, 16, 1024};
    uint8_t *at = record;
    place(e, at, 40, 16);
    memcpy(at + 52, LAUNCH, sizeof LAUNCH);
    u32(at, 92, e->correlation);
    text(at, 104, e->name);
    if (generation > 4) {
        u64(at, 144, e->node);
        u32(at, 156, e->graph);
    }
}

static void fill(const fake_event *e, uint8_t *at) {
    switch (e->kind) {
        case KIND_MEMCPY:
            place(e, at, 32, 16);
            u8(at, 4, e->what);
            u8(at, 5, e->source);
            u8(at, 6, e->target);
            u64(at, 8, e->bytes);
            u32(at, 44, e->correlation);
            return;
        case KIND_MEMCPY2:
            place(e, at, 32, 16);
            u64(at, 8, e->bytes);
            u32(at, 44, e->source);
            u32(at, 52, e->target);
            u32(at, 60, e->correlation);
            return;
        case KIND_MEMSET:
            place(e, at, 32, 16);
            u32(at, 4, e->what);
            u64(at, 8, e->bytes);
            u32(at, 44, e->correlation);
            return;
        case KIND_RUNTIME:
        case KIND_DRIVER:
            u32(at, 4, e->what);
            u64(at, 8, e->start);
            u64(at, 16, e->end);
            u32(at, 28, e->thread);
            u32(at, 32, e->correlation);
            u32(at, 36, e->result);
            return;
        case KIND_SYNCHRONIZATION:
            u32(at, 4, e->what);
            u64(at, 8, e->start);
            u64(at, 16, e->end);
            u32(at, 24, e->correlation);
            u32(at, 28, e->context);
            u32(at, 32, e->stream);
            u32(at, 36, (uint32_t)e->id);
            return;
        case KIND_GRAPH_TRACE:
            u32(at, 4, e->correlation);
            u64(at, 8, e->start);
            u64(at, 16, e->end);
            u32(at, 24, e->device);
            u32(at, 28, e->graph);
            u32(at, 32, e->context);
            u32(at, 36, e->stream);
            return;
        case KIND_MARKER:
            u32(at, 4, e->what);
            u64(at, 8, e->start);
            u32(at, 16, (uint32_t)e->id);
            u32(at, 20, 2);
            u32(at, 24, 1);
            u32(at, 28, e->thread);
            text(at, 40, e->name);
            text(at, 48, e->domain);
            return;
        case KIND_EXTERNAL_CORRELATION:
            u32(at, 4, e->what);
            u64(at, 8, e->id);
            u32(at, 16, e->correlation);
            return;
        case KIND_OVERHEAD:
            u32(at, 4, e->what);
            u32(at, 16, e->thread);
            u64(at, 24, e->start);
            u64(at, 32, e->end);
            return;
        case KIND_DEVICE:
            u64(at, 16, e->bytes);
            u32(at, 44, 132);
            u32(at, 104, 9);
            u32(at, 112, e->device);
            memcpy(at + 120, "0123456789abcdef", 16);
            text(at, 136, e->name);
            return;
        case KIND_MEMORY2:
            u32(at, 4, e->what);
            u32(at, 8, 3);
            u32(at, 12, e->correlation);
            u64(at, 16, e->id);
            u64(at, 24, e->bytes);
            u64(at, 32, e->start);
            u32(at, 52, e->device);
            u32(at, 56, e->context);
            u32(at, 60, e->stream);
            return;
        default:
            return;
    }
}
#endif

void fake_build(const fake_event *event, int generation, uint8_t *into) {
    memset(into, 0, FAKE_LARGEST);
    if (event->kind == KIND_CONCURRENT_KERNEL) {
        fill_kernel(event, generation, into);
    } else {
        fill(event, into);
    }
    memcpy(into, &event->kind, sizeof event->kind);
}
