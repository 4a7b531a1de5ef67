/*
 * The Java agent's way to the hook library. The library is opened by path, so that one that CUDA has injected already
 * is the same. Every function may be called from any thread; those before open do nothing.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <jni.h>
#include <stdio.h>
#include <string.h>

#include "bubbletrace_hooks.h"

static struct {
    int (*start)(const bubbletrace_options *);
    int (*stop)(void);
    int (*flush)(void);
    int (*get_status)(bubbletrace_status *);
    int (*push_span)(uint64_t);
    int (*pop_span)(uint64_t *);
} hooks;

#define HOOK(result, name) JNIEXPORT result JNICALL Java_io_github_bubbletrace_event_NativeHooks_##name

static int find(void *library, const char *name, void *function) {
    void *found = dlsym(library, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

HOOK(jstring, open)(JNIEnv *env, jclass type, jstring path) {
    (void)type;
    const char *text = (*env)->GetStringUTFChars(env, path, NULL);
    if (text == NULL) {
        return NULL;
    }
    void *library = dlopen(text, RTLD_NOW | RTLD_LOCAL);
    (*env)->ReleaseStringUTFChars(env, path, text);
    if (library == NULL) {
        const char *problem = dlerror();
        return (*env)->NewStringUTF(env, problem != NULL ? problem : "it cannot be loaded");
    }
    int complete = find(library, "bubbletrace_start", &hooks.start) && find(library, "bubbletrace_stop", &hooks.stop) &&
                   find(library, "bubbletrace_flush", &hooks.flush) &&
                   find(library, "bubbletrace_get_status", &hooks.get_status) &&
                   find(library, "bubbletrace_push_span", &hooks.push_span) &&
                   find(library, "bubbletrace_pop_span", &hooks.pop_span);
    return complete ? NULL : (*env)->NewStringUTF(env, "it lacks functions of this version");
}

HOOK(jint, start)(JNIEnv *env, jclass type, jstring folder, jstring cupti) {
    (void)type;
    if (hooks.start == NULL) {
        return BUBBLETRACE_CUPTI_FAILED;
    }
    bubbletrace_options options = {.size = sizeof options};
    options.folder = folder != NULL ? (*env)->GetStringUTFChars(env, folder, NULL) : NULL;
    options.cupti = cupti != NULL ? (*env)->GetStringUTFChars(env, cupti, NULL) : NULL;
    int result = hooks.start(&options);
    if (options.folder != NULL) {
        (*env)->ReleaseStringUTFChars(env, folder, options.folder);
    }
    if (options.cupti != NULL) {
        (*env)->ReleaseStringUTFChars(env, cupti, options.cupti);
    }
    return result;
}

HOOK(jint, stop)(JNIEnv *env, jclass type) {
    (void)env;
    (void)type;
    return hooks.stop == NULL ? BUBBLETRACE_NOT_RECORDING : hooks.stop();
}

HOOK(jint, flush)(JNIEnv *env, jclass type) {
    (void)env;
    (void)type;
    return hooks.flush == NULL ? BUBBLETRACE_NOT_RECORDING : hooks.flush();
}

HOOK(jstring, status)(JNIEnv *env, jclass type) {
    (void)type;
    bubbletrace_status status = {.size = sizeof status};
    if (hooks.get_status == NULL || hooks.get_status(&status) != BUBBLETRACE_OK) {
        return (*env)->NewStringUTF(env, "0\n0\n\n");
    }
    char text[sizeof status.path + sizeof status.message + 64];
    snprintf(text, sizeof text, "%" PRIu64 "\n%" PRIu64 "\n%s\n%s", status.kernels, status.dropped, status.path,
             status.message);
    return (*env)->NewStringUTF(env, text);
}

HOOK(void, push)(JNIEnv *env, jclass type, jlong span) {
    (void)env;
    (void)type;
    if (hooks.push_span != NULL) {
        hooks.push_span((uint64_t)span);
    }
}

HOOK(void, pop)(JNIEnv *env, jclass type) {
    (void)env;
    (void)type;
    if (hooks.pop_span != NULL) {
        hooks.pop_span(NULL);
    }
}
