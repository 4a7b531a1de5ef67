/*
 * Included before everything else: binds functions that newer C libraries moved or re-versioned to their first version,
 * so that a library built on a new system loads on an old one (glibc 2.17 and later).
 */
#if defined(__linux__) && defined(__GNUC__) && !defined(BUBBLETRACE_ANY_GLIBC)
#if defined(__x86_64__)
#define FLOOR(name) __asm__(".symver " #name "," #name "@GLIBC_2.2.5")
#define FLOOR_COND(name) __asm__(".symver " #name "," #name "@GLIBC_2.3.2")
#define FLOOR_CLOCK(name) __asm__(".symver " #name "," #name "@GLIBC_2.3.3")
#elif defined(__aarch64__)
#define FLOOR(name) __asm__(".symver " #name "," #name "@GLIBC_2.17")
#define FLOOR_COND(name) FLOOR(name)
#define FLOOR_CLOCK(name) FLOOR(name)
#endif
#ifdef FLOOR
FLOOR(dlopen);
FLOOR(dlsym);
FLOOR(dlerror);
FLOOR(dladdr);
FLOOR(pthread_create);
FLOOR(pthread_join);
FLOOR(pthread_once);
FLOOR(pthread_sigmask);
FLOOR_CLOCK(pthread_condattr_setclock);
#endif
#endif
