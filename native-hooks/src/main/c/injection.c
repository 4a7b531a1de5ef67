/* Entry points that the CUDA driver and NVTX look up in the library that their variables name. */
#include "session.h"

enum { INJECTED = 1, NOT_INJECTED = 0 };

/* CUDA_INJECTION64_PATH: called once, while the job's first CUDA call initialises the driver. A recording that cannot
   begin is no reason for the driver to complain. */
BUBBLETRACE_EXPORT int InitializeInjection(void);

int InitializeInjection(void) {
    session_start(NULL);
    return INJECTED;
}

/* NVTX_INJECTION64_PATH: called at the job's first NVTX call, in either of NVTX's versions. */
BUBBLETRACE_EXPORT int InitializeInjectionNvtx(void *exports);
BUBBLETRACE_EXPORT int InitializeInjectionNvtx2(void *exports);

int InitializeInjectionNvtx(void *exports) {
    const cupti *api = session_cupti();
    return api != NULL && api->nvtx != NULL && api->nvtx(exports) == CUPTI_OK ? INJECTED : NOT_INJECTED;
}

int InitializeInjectionNvtx2(void *exports) {
    const cupti *api = session_cupti();
    return api != NULL && api->nvtx2 != NULL && api->nvtx2(exports) == CUPTI_OK ? INJECTED : NOT_INJECTED;
}
