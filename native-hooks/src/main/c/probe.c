/* Tries what recording needs and prints what it finds, a key=value a line; bubbletrace doctor reads it. */
#include "bubbletrace_hooks.h"
#include "loader.h"
#include "refusals.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void probe_driver(void) {
    const char *told = getenv("BUBBLETRACE_PROBE_LIBCUDA");
    void *driver = dlopen(told != NULL ? told : "libcuda.so.1", RTLD_NOW);
    if (driver == NULL) {
        return;
    }
    int (*init)(unsigned);
    int (*version)(int *);
    int (*devices)(int *);
    *(void **)&init = dlsym(driver, "cuInit");
    *(void **)&version = dlsym(driver, "cuDriverGetVersion");
    *(void **)&devices = dlsym(driver, "cuDeviceGetCount");
    int number = 0;
    int result = init == NULL ? -1 : init(0);
    printf("driver=%d\n", version != NULL && version(&number) == 0 ? number : 0);
    printf("cuInit=%d\n", result);
    if (result == 0 && devices != NULL && devices(&number) == 0) {
        printf("devices=%d\n", number);
    }
}

static void ignore(void *user, int domain, uint32_t id, const void *data) {
    (void)user;
    (void)domain;
    (void)id;
    (void)data;
}

static void probe_subscription(const cupti *api) {
    char other[128] = "";
    char why[256] = "";
    void *subscriber = NULL;
    cupti_subscriber wanted = {sizeof wanted, "bubbletrace", other, sizeof other};
    int code = api->subscribe_v2 != NULL ? api->subscribe_v2(&subscriber, ignore, NULL, &wanted) : CUPTI_NOT_COMPATIBLE;
    if (code == CUPTI_NOT_COMPATIBLE) {
        code = api->subscribe(&subscriber, ignore, NULL);
    }
    if (code == CUPTI_OK) {
        api->unsubscribe(subscriber);
    } else {
        other[sizeof other - 1] = '\0';
        refusal(api, "cuptiSubscribe", code, other, why, sizeof why);
    }
    printf("subscribe=%s\n", why);
}

int main(void) {
    static cupti api;
    char why[256] = "";
    const char *told = getenv("BUBBLETRACE_CUPTI");
    probe_driver();
    fflush(stdout);
    if (loader_load(&api, told == NULL ? "" : told, why, sizeof why) != LOADER_OK) {
        printf("cuptiProblem=%s\n", why);
        return 0;
    }
    printf("cupti=%s\ncuptiVersion=%u\n", api.path, api.version);
    fflush(stdout);
    probe_subscription(&api);
    return 0;
}
