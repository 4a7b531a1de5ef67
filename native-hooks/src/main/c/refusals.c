#include "refusals.h"

#include "bubbletrace_hooks.h"

#include <stdbool.h>
#include <stdio.h>

typedef struct {
    int code;
    int result;
    const char *meaning;
} known_refusal;

static const known_refusal KNOWN[] = {
    {CUPTI_UNKNOWN, BUBBLETRACE_NO_GPU, "CUPTI finds no CUDA driver or no GPU"},
    {CUPTI_NOT_INITIALIZED, BUBBLETRACE_NO_GPU, "CUPTI cannot be initialised: no driver, or one older than this CUPTI"},
    {CUPTI_NOT_COMPATIBLE, BUBBLETRACE_CUPTI_FAILED,
     "another tool of this process uses CUPTI in a way that excludes this one"},
    {CUPTI_INSUFFICIENT_PRIVILEGES, BUBBLETRACE_CUPTI_FAILED,
     "the driver allows profiling to administrators only; run as root or load it with"
     " NVreg_RestrictProfilingToAdminUsers=0"},
    {CUPTI_VIRTUALIZED_PRIVILEGES, BUBBLETRACE_CUPTI_FAILED,
     "profiling is not enabled for this virtual GPU; enable it in the hypervisor"},
    {CUPTI_CONFIDENTIAL, BUBBLETRACE_CUPTI_FAILED, "confidential computing forbids profiling"},
    {CUPTI_MIG, BUBBLETRACE_CUPTI_FAILED, "this CUPTI cannot profile a MIG slice; use a newer one"},
    {CUPTI_WSL, BUBBLETRACE_CUPTI_FAILED, "this CUPTI cannot profile under WSL; use a newer one"},
};

static const known_refusal OTHER = {0, BUBBLETRACE_CUPTI_FAILED, NULL};

static const known_refusal *find(int code) {
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        if (KNOWN[i].code == code) {
            return &KNOWN[i];
        }
    }
    return &OTHER;
}

static int taken(int code, const char *other, char *why, size_t size) {
    bool named = *other != '\0';
    snprintf(why, size,
             "CUPTI is taken by %s%.80s (error %d), and serves one tool at a time; run without it (nsys, ncu,"
             " compute-sanitizer, torch.profiler and the like); nothing is recorded",
             named ? "" : "another profiler", other, code);
    return BUBBLETRACE_CUPTI_TAKEN;
}

int refusal(const cupti *api, const char *what, int code, const char *other, char *why, size_t size) {
    if (code == CUPTI_TAKEN || code == CUPTI_LIMIT_REACHED) {
        return taken(code, other, why, size);
    }
    const known_refusal *known = find(code);
    const char *text = known->meaning;
    if (text == NULL && (api->result_string == NULL || api->result_string(code, &text) != CUPTI_OK)) {
        text = "CUPTI refuses";
    }
    snprintf(why, size, "%.160s (%s: error %d); nothing is recorded", text == NULL ? "CUPTI refuses" : text, what,
             code);
    return known->result;
}
