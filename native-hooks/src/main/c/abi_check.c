/* Compares cupti_abi.h with the toolkit's headers. Compiled only where they are present; yields no code. */
#include "cupti_abi.h"

#include <cupti.h>
#include <cupti_driver_cbid.h>
#include <cupti_runtime_cbid.h>
#if __has_include(<cupti_activity_deprecated.h>)
#include <cupti_activity_deprecated.h>
#define HAVE_OLD_RECORDS 1
#endif

#define AT(type, field, offset) \
    _Static_assert(offsetof(type, field) == (offset), #type "." #field " is not at " #offset)
#define HOLDS(type, size) _Static_assert(sizeof(type) >= (size), #type " is smaller than " #size)
#define SAME(ours, theirs) _Static_assert((int)(ours) == (int)(theirs), #ours " is not " #theirs)

SAME(CUPTI_LIMIT_REACHED, CUPTI_ERROR_MAX_LIMIT_REACHED);
SAME(CUPTI_NOT_COMPATIBLE, CUPTI_ERROR_NOT_COMPATIBLE);
SAME(CUPTI_NOT_INITIALIZED, CUPTI_ERROR_NOT_INITIALIZED);
SAME(CUPTI_INVALID_KIND, CUPTI_ERROR_INVALID_KIND);
SAME(CUPTI_INSUFFICIENT_PRIVILEGES, CUPTI_ERROR_INSUFFICIENT_PRIVILEGES);
SAME(CUPTI_TAKEN, CUPTI_ERROR_MULTIPLE_SUBSCRIBERS_NOT_SUPPORTED);
SAME(CUPTI_VIRTUALIZED_PRIVILEGES, CUPTI_ERROR_VIRTUALIZED_DEVICE_INSUFFICIENT_PRIVILEGES);
SAME(CUPTI_CONFIDENTIAL, CUPTI_ERROR_CONFIDENTIAL_COMPUTING_NOT_SUPPORTED);
SAME(CUPTI_MIG, CUPTI_ERROR_MIG_DEVICE_NOT_SUPPORTED);
SAME(CUPTI_WSL, CUPTI_ERROR_WSL_DEVICE_NOT_SUPPORTED);
SAME(CUPTI_UNKNOWN, CUPTI_ERROR_UNKNOWN);

SAME(KIND_MEMCPY, CUPTI_ACTIVITY_KIND_MEMCPY);
SAME(KIND_MEMSET, CUPTI_ACTIVITY_KIND_MEMSET);
SAME(KIND_DRIVER, CUPTI_ACTIVITY_KIND_DRIVER);
SAME(KIND_RUNTIME, CUPTI_ACTIVITY_KIND_RUNTIME);
SAME(KIND_DEVICE, CUPTI_ACTIVITY_KIND_DEVICE);
SAME(KIND_CONCURRENT_KERNEL, CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL);
SAME(KIND_MARKER, CUPTI_ACTIVITY_KIND_MARKER);
SAME(KIND_OVERHEAD, CUPTI_ACTIVITY_KIND_OVERHEAD);
SAME(KIND_MEMCPY2, CUPTI_ACTIVITY_KIND_MEMCPY2);
SAME(KIND_SYNCHRONIZATION, CUPTI_ACTIVITY_KIND_SYNCHRONIZATION);
SAME(KIND_EXTERNAL_CORRELATION, CUPTI_ACTIVITY_KIND_EXTERNAL_CORRELATION);
SAME(KIND_MEMORY2, CUPTI_ACTIVITY_KIND_MEMORY2);
SAME(KIND_GRAPH_TRACE, CUPTI_ACTIVITY_KIND_GRAPH_TRACE);
SAME(CUPTI_FLUSH_FORCED, CUPTI_ACTIVITY_FLAG_FLUSH_FORCED);
SAME(CUPTI_ATTRIBUTE_ZEROED_BUFFERS, CUPTI_ACTIVITY_ATTR_ZEROED_OUT_ACTIVITY_BUFFER);
SAME(CUPTI_THREAD_ID_SYSTEM, CUPTI_ACTIVITY_THREAD_ID_TYPE_SYSTEM);
SAME(CUPTI_EXTERNAL_CUSTOM0, CUPTI_EXTERNAL_CORRELATION_KIND_CUSTOM0);
SAME(CUPTI_DOMAIN_DRIVER, CUPTI_CB_DOMAIN_DRIVER_API);
SAME(CUPTI_DOMAIN_RUNTIME, CUPTI_CB_DOMAIN_RUNTIME_API);
SAME(MARKER_INSTANT, CUPTI_ACTIVITY_FLAG_MARKER_INSTANTANEOUS);
SAME(MARKER_START, CUPTI_ACTIVITY_FLAG_MARKER_START);
SAME(MARKER_END, CUPTI_ACTIVITY_FLAG_MARKER_END);

#define KERNEL(type)                                               \
    AT(type, start, KERNEL_START);                                 \
    AT(type, end, KERNEL_END);                                     \
    AT(type, deviceId, KERNEL_DEVICE);                             \
    AT(type, contextId, KERNEL_CONTEXT);                           \
    AT(type, streamId, KERNEL_STREAM);                             \
    AT(type, gridX, KERNEL_GRID);                                  \
    AT(type, gridY, KERNEL_GRID + 4);                              \
    AT(type, gridZ, KERNEL_GRID + 8);                              \
    AT(type, blockX, KERNEL_BLOCK);                                \
    AT(type, blockY, KERNEL_BLOCK + 4);                            \
    AT(type, blockZ, KERNEL_BLOCK + 8);                            \
    AT(type, staticSharedMemory, KERNEL_STATIC_SHARED);            \
    AT(type, dynamicSharedMemory, KERNEL_DYNAMIC_SHARED);          \
    AT(type, correlationId, KERNEL_CORRELATION);                   \
    AT(type, name, KERNEL_NAME);                                   \
    HOLDS(type, KERNEL_SMALLEST)

#define GRAPH_KERNEL(type)                     \
    KERNEL(type);                              \
    AT(type, graphNodeId, KERNEL_GRAPH_NODE);  \
    AT(type, graphId, KERNEL_GRAPH);           \
    HOLDS(type, KERNEL_GRAPH_SMALLEST)

#define COPY(type)                              \
    AT(type, copyKind, COPY_KIND);              \
    AT(type, srcKind, COPY_SOURCE_KIND);        \
    AT(type, dstKind, COPY_TARGET_KIND);        \
    AT(type, flags, COPY_FLAGS);                \
    AT(type, bytes, COPY_BYTES);                \
    AT(type, start, COPY_START);                \
    AT(type, end, COPY_END);                    \
    AT(type, deviceId, COPY_DEVICE);            \
    AT(type, contextId, COPY_CONTEXT);          \
    AT(type, streamId, COPY_STREAM)

#define PLAIN_COPY(type)                         \
    COPY(type);                                  \
    AT(type, correlationId, COPY_CORRELATION);   \
    HOLDS(type, COPY_SMALLEST)

#define PEER_COPY(type)                          \
    COPY(type);                                  \
    AT(type, srcDeviceId, PEER_SOURCE);          \
    AT(type, dstDeviceId, PEER_TARGET);          \
    AT(type, correlationId, PEER_CORRELATION);   \
    HOLDS(type, PEER_SMALLEST)

#define MEMSET(type)                               \
    AT(type, value, MEMSET_VALUE);                 \
    AT(type, bytes, MEMSET_BYTES);                 \
    AT(type, start, MEMSET_START);                 \
    AT(type, end, MEMSET_END);                     \
    AT(type, deviceId, MEMSET_DEVICE);             \
    AT(type, contextId, MEMSET_CONTEXT);           \
    AT(type, streamId, MEMSET_STREAM);             \
    AT(type, correlationId, MEMSET_CORRELATION);   \
    HOLDS(type, MEMSET_SMALLEST)

#define SYNC(record)                           \
    AT(record, type, SYNC_TYPE);                 \
    AT(record, start, SYNC_START);               \
    AT(record, end, SYNC_END);                   \
    AT(record, correlationId, SYNC_CORRELATION); \
    AT(record, contextId, SYNC_CONTEXT);         \
    AT(record, streamId, SYNC_STREAM);           \
    AT(record, cudaEventId, SYNC_EVENT);         \
    HOLDS(record, SYNC_SMALLEST)

#define GRAPH(type)                             \
    AT(type, correlationId, GRAPH_CORRELATION); \
    AT(type, start, GRAPH_START);               \
    AT(type, end, GRAPH_END);                   \
    AT(type, deviceId, GRAPH_DEVICE);           \
    AT(type, graphId, GRAPH_ID);                \
    AT(type, contextId, GRAPH_CONTEXT);         \
    AT(type, streamId, GRAPH_STREAM);           \
    HOLDS(type, GRAPH_SMALLEST)

#define MARKER(type)                             \
    AT(type, flags, MARKER_FLAGS);               \
    AT(type, timestamp, MARKER_TIME);            \
    AT(type, id, MARKER_ID);                     \
    AT(type, objectKind, MARKER_OBJECT_KIND);    \
    AT(type, objectId, MARKER_OBJECT);           \
    AT(type, name, MARKER_NAME);                 \
    HOLDS(type, MARKER_SMALLEST)

#define OVERHEAD(type)                           \
    AT(type, overheadKind, OVERHEAD_KIND);       \
    AT(type, objectId, OVERHEAD_OBJECT);         \
    AT(type, start, OVERHEAD_START);             \
    AT(type, end, OVERHEAD_END);                 \
    HOLDS(type, OVERHEAD_SMALLEST)

#define DEVICE(type)                                        \
    AT(type, globalMemoryBandwidth, DEVICE_BANDWIDTH);      \
    AT(type, globalMemorySize, DEVICE_MEMORY);              \
    AT(type, numMultiprocessors, DEVICE_MULTIPROCESSORS);   \
    AT(type, computeCapabilityMajor, DEVICE_MAJOR);         \
    AT(type, computeCapabilityMinor, DEVICE_MINOR);         \
    AT(type, id, DEVICE_ID);                                \
    AT(type, uuid, DEVICE_UUID);                            \
    AT(type, name, DEVICE_NAME);                            \
    HOLDS(type, DEVICE_SMALLEST)

#define MEMORY(type)                                   \
    AT(type, memoryOperationType, MEMORY_OPERATION);   \
    AT(type, memoryKind, MEMORY_KIND);                 \
    AT(type, correlationId, MEMORY_CORRELATION);       \
    AT(type, address, MEMORY_ADDRESS);                 \
    AT(type, bytes, MEMORY_BYTES);                     \
    AT(type, timestamp, MEMORY_TIME);                  \
    AT(type, deviceId, MEMORY_DEVICE);                 \
    AT(type, contextId, MEMORY_CONTEXT);               \
    AT(type, streamId, MEMORY_STREAM);                 \
    HOLDS(type, MEMORY_SMALLEST)

AT(CUpti_ActivityAPI, cbid, CALL_CBID);
AT(CUpti_ActivityAPI, start, CALL_START);
AT(CUpti_ActivityAPI, end, CALL_END);
AT(CUpti_ActivityAPI, threadId, CALL_THREAD);
AT(CUpti_ActivityAPI, correlationId, CALL_CORRELATION);
AT(CUpti_ActivityAPI, returnValue, CALL_RETURN);
HOLDS(CUpti_ActivityAPI, CALL_SMALLEST);
AT(CUpti_ActivityExternalCorrelation, externalKind, EXTERNAL_KIND);
AT(CUpti_ActivityExternalCorrelation, externalId, EXTERNAL_ID);
AT(CUpti_ActivityExternalCorrelation, correlationId, EXTERNAL_CORRELATION);
HOLDS(CUpti_ActivityExternalCorrelation, EXTERNAL_SMALLEST);
AT(CUpti_ActivityObjectKindId, pt.processId, OBJECT_PROCESS);
AT(CUpti_ActivityObjectKindId, pt.threadId, OBJECT_THREAD);

#if CUPTI_API_VERSION >= 130000
GRAPH_KERNEL(CUpti_ActivityKernel10);
PLAIN_COPY(CUpti_ActivityMemcpy6);
PEER_COPY(CUpti_ActivityMemcpyPtoP4);
MEMSET(CUpti_ActivityMemset4);
SYNC(CUpti_ActivitySynchronization2);
GRAPH(CUpti_ActivityGraphTrace2);
MARKER(CUpti_ActivityMarker2);
AT(CUpti_ActivityMarker2, domain, MARKER_DOMAIN);
OVERHEAD(CUpti_ActivityOverhead3);
DEVICE(CUpti_ActivityDevice5);
MEMORY(CUpti_ActivityMemory4);
AT(cupti_subscriber, name, offsetof(CUpti_SubscriberParams, subscriberName));
AT(cupti_subscriber, other, offsetof(CUpti_SubscriberParams, oldSubscriberName));
AT(cupti_subscriber, other_size, offsetof(CUpti_SubscriberParams, oldSubscriberSize));
#endif

#if CUPTI_API_VERSION >= 130000 && defined(HAVE_OLD_RECORDS)
KERNEL(CUpti_ActivityKernel4);
GRAPH_KERNEL(CUpti_ActivityKernel5);
GRAPH_KERNEL(CUpti_ActivityKernel6);
GRAPH_KERNEL(CUpti_ActivityKernel7);
GRAPH_KERNEL(CUpti_ActivityKernel8);
GRAPH_KERNEL(CUpti_ActivityKernel9);
PLAIN_COPY(CUpti_ActivityMemcpy);
PLAIN_COPY(CUpti_ActivityMemcpy3);
PLAIN_COPY(CUpti_ActivityMemcpy4);
PLAIN_COPY(CUpti_ActivityMemcpy5);
PEER_COPY(CUpti_ActivityMemcpyPtoP);
PEER_COPY(CUpti_ActivityMemcpyPtoP2);
PEER_COPY(CUpti_ActivityMemcpyPtoP3);
MEMSET(CUpti_ActivityMemset);
MEMSET(CUpti_ActivityMemset2);
MEMSET(CUpti_ActivityMemset3);
SYNC(CUpti_ActivitySynchronization);
GRAPH(CUpti_ActivityGraphTrace);
MARKER(CUpti_ActivityMarker);
OVERHEAD(CUpti_ActivityOverhead);
OVERHEAD(CUpti_ActivityOverhead2);
DEVICE(CUpti_ActivityDevice2);
DEVICE(CUpti_ActivityDevice3);
DEVICE(CUpti_ActivityDevice4);
MEMORY(CUpti_ActivityMemory2);
MEMORY(CUpti_ActivityMemory3);
#endif

/* The numbers in calls.c. */
#if CUPTI_API_VERSION >= 130000
SAME(10, CUPTI_RUNTIME_TRACE_CBID_cudaGetLastError_v3020);
SAME(11, CUPTI_RUNTIME_TRACE_CBID_cudaPeekAtLastError_v3020);
SAME(15, CUPTI_RUNTIME_TRACE_CBID_cudaFuncGetAttributes_v3020);
SAME(16, CUPTI_RUNTIME_TRACE_CBID_cudaSetDevice_v3020);
SAME(17, CUPTI_RUNTIME_TRACE_CBID_cudaGetDevice_v3020);
SAME(132, CUPTI_RUNTIME_TRACE_CBID_cudaStreamQuery_v3020);
SAME(138, CUPTI_RUNTIME_TRACE_CBID_cudaEventQuery_v3020);
SAME(151, CUPTI_RUNTIME_TRACE_CBID_cudaPointerGetAttributes_v4000);
SAME(200, CUPTI_RUNTIME_TRACE_CBID_cudaDeviceGetAttribute_v5000);
SAME(207, CUPTI_RUNTIME_TRACE_CBID_cudaOccupancyMaxActiveBlocksPerMultiprocessor_v6000);
SAME(210, CUPTI_RUNTIME_TRACE_CBID_cudaOccupancyMaxActiveBlocksPerMultiprocessor_v6050);
SAME(240, CUPTI_RUNTIME_TRACE_CBID_cudaStreamQuery_ptsz_v7000);
SAME(251, CUPTI_RUNTIME_TRACE_CBID_cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags_v7000);
SAME(317, CUPTI_RUNTIME_TRACE_CBID_cudaStreamIsCapturing_v10000);
SAME(318, CUPTI_RUNTIME_TRACE_CBID_cudaStreamIsCapturing_ptsz_v10000);
SAME(324, CUPTI_RUNTIME_TRACE_CBID_cudaStreamGetCaptureInfo_v10010);
SAME(325, CUPTI_RUNTIME_TRACE_CBID_cudaStreamGetCaptureInfo_ptsz_v10010);
SAME(409, CUPTI_RUNTIME_TRACE_CBID_cudaStreamGetCaptureInfo_v2_v11030);
SAME(410, CUPTI_RUNTIME_TRACE_CBID_cudaStreamGetCaptureInfo_v2_ptsz_v11030);
SAME(3, CUPTI_DRIVER_TRACE_CBID_cuDeviceGet);
SAME(4, CUPTI_DRIVER_TRACE_CBID_cuDeviceGetCount);
SAME(9, CUPTI_DRIVER_TRACE_CBID_cuDeviceGetAttribute);
SAME(16, CUPTI_DRIVER_TRACE_CBID_cuCtxGetDevice);
SAME(23, CUPTI_DRIVER_TRACE_CBID_cuModuleGetFunction);
SAME(85, CUPTI_DRIVER_TRACE_CBID_cuFuncGetAttribute);
SAME(120, CUPTI_DRIVER_TRACE_CBID_cuEventQuery);
SAME(125, CUPTI_DRIVER_TRACE_CBID_cuStreamQuery);
SAME(135, CUPTI_DRIVER_TRACE_CBID_cuGetExportTable);
SAME(303, CUPTI_DRIVER_TRACE_CBID_cuCtxSetCurrent);
SAME(304, CUPTI_DRIVER_TRACE_CBID_cuCtxGetCurrent);
SAME(310, CUPTI_DRIVER_TRACE_CBID_cuPointerGetAttribute);
SAME(323, CUPTI_DRIVER_TRACE_CBID_cuCtxPushCurrent_v2);
SAME(324, CUPTI_DRIVER_TRACE_CBID_cuCtxPopCurrent_v2);
SAME(372, CUPTI_DRIVER_TRACE_CBID_cuGetErrorString);
SAME(392, CUPTI_DRIVER_TRACE_CBID_cuDevicePrimaryCtxGetState);
SAME(439, CUPTI_DRIVER_TRACE_CBID_cuStreamQuery_ptsz);
SAME(450, CUPTI_DRIVER_TRACE_CBID_cuPointerGetAttributes);
SAME(626, CUPTI_DRIVER_TRACE_CBID_cuGetProcAddress);
SAME(677, CUPTI_DRIVER_TRACE_CBID_cuGetProcAddress_v2);
#endif
