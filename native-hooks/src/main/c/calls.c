#include "calls.h"

/* Callback numbers only ever grow at their end; abi_check.c compares them with the headers of the toolkit. */
static const uint16_t RUNTIME[] = {
    10,  /* cudaGetLastError */
    11,  /* cudaPeekAtLastError */
    15,  /* cudaFuncGetAttributes */
    16,  /* cudaSetDevice */
    17,  /* cudaGetDevice */
    132, /* cudaStreamQuery */
    138, /* cudaEventQuery */
    151, /* cudaPointerGetAttributes */
    200, /* cudaDeviceGetAttribute */
    207, /* cudaOccupancyMaxActiveBlocksPerMultiprocessor */
    210, /* the same, later */
    240, /* cudaStreamQuery_ptsz */
    251, /* cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags */
    317, /* cudaStreamIsCapturing */
    318, /* cudaStreamIsCapturing_ptsz */
    324, /* cudaStreamGetCaptureInfo */
    325, /* cudaStreamGetCaptureInfo_ptsz */
    409, /* cudaStreamGetCaptureInfo_v2 */
    410, /* cudaStreamGetCaptureInfo_v2_ptsz */
};

static const uint16_t DRIVER[] = {
    3,   /* cuDeviceGet */
    4,   /* cuDeviceGetCount */
    9,   /* cuDeviceGetAttribute */
    16,  /* cuCtxGetDevice */
    23,  /* cuModuleGetFunction */
    85,  /* cuFuncGetAttribute */
    120, /* cuEventQuery */
    125, /* cuStreamQuery */
    135, /* cuGetExportTable */
    303, /* cuCtxSetCurrent */
    304, /* cuCtxGetCurrent */
    310, /* cuPointerGetAttribute */
    323, /* cuCtxPushCurrent_v2 */
    324, /* cuCtxPopCurrent_v2 */
    372, /* cuGetErrorString */
    392, /* cuDevicePrimaryCtxGetState */
    439, /* cuStreamQuery_ptsz */
    450, /* cuPointerGetAttributes */
    626, /* cuGetProcAddress */
    677, /* cuGetProcAddress_v2 */
};

enum { RUNTIME_CALLS = sizeof RUNTIME / sizeof *RUNTIME, DRIVER_CALLS = sizeof DRIVER / sizeof *DRIVER };

static bool contains(const uint16_t *sorted, size_t count, uint32_t id) {
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sorted[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && sorted[low] == id;
}

bool call_is_chatty(bool runtime, uint32_t id) {
    return runtime ? contains(RUNTIME, RUNTIME_CALLS, id) : contains(DRIVER, DRIVER_CALLS, id);
}

void calls_switch_off_chatty(const cupti *c) {
    for (size_t i = 0; i < RUNTIME_CALLS && c->enable_runtime_call != NULL; i++) {
        c->enable_runtime_call(RUNTIME[i], 0);
    }
    for (size_t i = 0; i < DRIVER_CALLS && c->enable_driver_call != NULL; i++) {
        c->enable_driver_call(DRIVER[i], 0);
    }
}
