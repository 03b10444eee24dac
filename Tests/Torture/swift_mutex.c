/* Informs ThreadSanitizer when a thread had to wait for a Swift Mutex. Taking a free lock is an atomic operation in
 * our own code, which the sanitizer sees. Waiting happens in the Swift runtime, which is not built with the
 * sanitizer, so everything that the lock guards would be reported as a race. scripts/sanitize links this file before
 * the runtime, and the runtime's functions do the work. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *mutex

/* Synchronization._MutexHandle._lockSlow(UInt32) and ._unlockSlow() */
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void swift_mutex_lock(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void swift_mutex_unlock(SELF) __asm__(UNLOCK);

static SWIFT void (*real_lock)(uint32_t thread, SELF);
static SWIFT void (*real_unlock)(SELF);

__attribute__((constructor)) static void find(void)
{
	*(void **)&real_lock = dlsym(RTLD_NEXT, LOCK);
	*(void **)&real_unlock = dlsym(RTLD_NEXT, UNLOCK);
}

SWIFT void swift_mutex_lock(uint32_t thread, SELF)
{
	real_lock(thread, mutex);
	__tsan_acquire(mutex);
}

SWIFT void swift_mutex_unlock(SELF)
{
	__tsan_release(mutex);
	real_unlock(mutex);
}
