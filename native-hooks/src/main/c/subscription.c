#include "subscription.h"

#include "bubbletrace_hooks.h"
#include "refusals.h"

static void ignore_callback(void *user, int domain, uint32_t id, const void *data) {
    (void)user;
    (void)domain;
    (void)id;
    (void)data;
}

static int subscribe_by_name(const cupti *api, void **subscriber, char *other, size_t size) {
    cupti_subscriber wanted = {sizeof wanted, "bubbletrace", other, size};
    return api->subscribe_v2(subscriber, ignore_callback, NULL, &wanted);
}

int subscription_take(const cupti *api, void **subscriber, char *why, size_t size) {
    char other[128] = "";
    int code = CUPTI_NOT_COMPATIBLE;
    if (api->subscribe_v2 != NULL) {
        code = subscribe_by_name(api, subscriber, other, sizeof other);
        other[sizeof other - 1] = '\0';
    }
    if (code == CUPTI_NOT_COMPATIBLE) {
        code = api->subscribe(subscriber, ignore_callback, NULL);
    }
    return code == CUPTI_OK ? BUBBLETRACE_OK
                            : refusal(api, "cuptiSubscribe", code, other, why, size);
}

void subscription_give_back(const cupti *api, void **subscriber) {
    if (*subscriber != NULL) {
        api->unsubscribe(*subscriber);
        *subscriber = NULL;
    }
}
