/*
 * What this library must know of CUPTI's binary interface: activity kinds, result codes, and where fields lie in records.
 * Records only ever grow at their end, so an offset that fits into a record holds for every version of it. abi_check.c
 * compares every number here with the toolkit's own headers where those are present.
 */
#ifndef BUBBLETRACE_CUPTI_ABI_H
#define BUBBLETRACE_CUPTI_ABI_H

#include <stddef.h>
#include <stdint.h>

enum cupti_result {
    CUPTI_OK = 0,
    CUPTI_LIMIT_REACHED = 12, /* end of a buffer; from old cuptiSubscribe: taken */
    CUPTI_NOT_COMPATIBLE = 14,
    CUPTI_NOT_INITIALIZED = 15,
    CUPTI_INVALID_KIND = 21,
    CUPTI_INSUFFICIENT_PRIVILEGES = 35,
    CUPTI_TAKEN = 39,
    CUPTI_VIRTUALIZED_PRIVILEGES = 40,
    CUPTI_CONFIDENTIAL = 41,
    CUPTI_MIG = 43,
    CUPTI_WSL = 45,
    CUPTI_UNKNOWN = 999 /* what everything answers where no driver is */
};

enum cupti_kind {
    KIND_MEMCPY = 1,
    KIND_MEMSET = 2,
    KIND_DRIVER = 4,
    KIND_RUNTIME = 5,
    KIND_DEVICE = 8,
    KIND_CONCURRENT_KERNEL = 10,
    KIND_MARKER = 12,
    KIND_OVERHEAD = 17,
    KIND_MEMCPY2 = 22,
    KIND_SYNCHRONIZATION = 38,
    KIND_EXTERNAL_CORRELATION = 39,
    KIND_MEMORY2 = 49,
    KIND_GRAPH_TRACE = 51
};

enum {
    CUPTI_FLUSH_FORCED = 1,
    CUPTI_ATTRIBUTE_ZEROED_BUFFERS = 5,
    CUPTI_THREAD_ID_SYSTEM = 1,
    CUPTI_EXTERNAL_CUSTOM0 = 3,
    CUPTI_DOMAIN_DRIVER = 1,
    CUPTI_DOMAIN_RUNTIME = 2,
    CUPTI_OLDEST = 13, /* CUDA 11.0 */
    CUPTI_NULL_BUFFERS = 27,
    CUPTI_NEWEST_MAJOR = 13 /* of CUDA, the newest whose records were compared */
};

/* CUpti_ActivityKernel4 to 10 */
enum {
    KERNEL_START = 16,
    KERNEL_END = 24,
    KERNEL_DEVICE = 40,
    KERNEL_CONTEXT = 44,
    KERNEL_STREAM = 48,
    KERNEL_GRID = 52,
    KERNEL_BLOCK = 64,
    KERNEL_STATIC_SHARED = 76,
    KERNEL_DYNAMIC_SHARED = 80,
    KERNEL_CORRELATION = 92,
    KERNEL_NAME = 104,
    KERNEL_SMALLEST = 144,
    KERNEL_GRAPH_NODE = 144,
    KERNEL_GRAPH = 156,
    KERNEL_GRAPH_SMALLEST = 160
};

/* CUpti_ActivityMemcpy to 6 */
enum {
    COPY_KIND = 4,
    COPY_SOURCE_KIND = 5,
    COPY_TARGET_KIND = 6,
    COPY_FLAGS = 7,
    COPY_BYTES = 8,
    COPY_START = 16,
    COPY_END = 24,
    COPY_DEVICE = 32,
    COPY_CONTEXT = 36,
    COPY_STREAM = 40,
    COPY_CORRELATION = 44,
    COPY_SMALLEST = 64
};

/* CUpti_ActivityMemcpyPtoP to 4: as a copy up to the stream */
enum { PEER_SOURCE = 44, PEER_TARGET = 52, PEER_CORRELATION = 60, PEER_SMALLEST = 72 };

/* CUpti_ActivityMemset to 4 */
enum {
    MEMSET_VALUE = 4,
    MEMSET_BYTES = 8,
    MEMSET_START = 16,
    MEMSET_END = 24,
    MEMSET_DEVICE = 32,
    MEMSET_CONTEXT = 36,
    MEMSET_STREAM = 40,
    MEMSET_CORRELATION = 44,
    MEMSET_SMALLEST = 64
};

/* CUpti_ActivityAPI, for runtime and driver */
enum {
    CALL_CBID = 4,
    CALL_START = 8,
    CALL_END = 16,
    CALL_THREAD = 28,
    CALL_CORRELATION = 32,
    CALL_RETURN = 36,
    CALL_SMALLEST = 40
};

/* CUpti_ActivitySynchronization and 2 */
enum {
    SYNC_TYPE = 4,
    SYNC_START = 8,
    SYNC_END = 16,
    SYNC_CORRELATION = 24,
    SYNC_CONTEXT = 28,
    SYNC_STREAM = 32,
    SYNC_EVENT = 36,
    SYNC_SMALLEST = 40
};

/* CUpti_ActivityGraphTrace and 2 */
enum {
    GRAPH_CORRELATION = 4,
    GRAPH_START = 8,
    GRAPH_END = 16,
    GRAPH_DEVICE = 24,
    GRAPH_ID = 28,
    GRAPH_CONTEXT = 32,
    GRAPH_STREAM = 36,
    GRAPH_SMALLEST = 48
};

/* CUpti_ActivityMarker and 2; the object is a process, a thread of it, or a place on a device */
enum {
    MARKER_FLAGS = 4,
    MARKER_TIME = 8,
    MARKER_ID = 16,
    MARKER_OBJECT_KIND = 20,
    MARKER_OBJECT = 24,
    MARKER_NAME = 40,
    MARKER_SMALLEST = 48,
    MARKER_DOMAIN = 48,
    OBJECT_PROCESS = 0, /* within the object: process id, then thread id */
    OBJECT_THREAD = 4
};

enum { MARKER_INSTANT = 1, MARKER_START = 2, MARKER_END = 4 };

/* CUpti_ActivityExternalCorrelation */
enum { EXTERNAL_KIND = 4, EXTERNAL_ID = 8, EXTERNAL_CORRELATION = 16, EXTERNAL_SMALLEST = 24 };

/* CUpti_ActivityOverhead to 3 */
enum { OVERHEAD_KIND = 4, OVERHEAD_OBJECT = 12, OVERHEAD_START = 24, OVERHEAD_END = 32, OVERHEAD_SMALLEST = 40 };

/* CUpti_ActivityDevice2 to 5 */
enum {
    DEVICE_BANDWIDTH = 8,
    DEVICE_MEMORY = 16,
    DEVICE_MULTIPROCESSORS = 44,
    DEVICE_MAJOR = 104,
    DEVICE_MINOR = 108,
    DEVICE_ID = 112,
    DEVICE_UUID = 120,
    DEVICE_NAME = 136,
    DEVICE_SMALLEST = 144
};

/* CUpti_ActivityMemory2 to 4 */
enum {
    MEMORY_OPERATION = 4,
    MEMORY_KIND = 8,
    MEMORY_CORRELATION = 12,
    MEMORY_ADDRESS = 16,
    MEMORY_BYTES = 24,
    MEMORY_TIME = 32,
    MEMORY_DEVICE = 52,
    MEMORY_CONTEXT = 56,
    MEMORY_STREAM = 60,
    MEMORY_SMALLEST = 112
};

/* CUpti_SubscriberParams, since CUDA 12.9 */
typedef struct {
    size_t size;
    const char *name;
    char *other;
    size_t other_size;
} cupti_subscriber;

typedef void (*cupti_request)(uint8_t **buffer, size_t *size, size_t *most_records);
typedef void (*cupti_complete)(void *context, uint32_t stream, uint8_t *buffer, size_t size, size_t valid);
typedef void (*cupti_callback)(void *user, int domain, uint32_t id, const void *data);

#endif
