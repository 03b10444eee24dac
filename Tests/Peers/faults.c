/* Faults of a machine for a program, by LD_PRELOAD. Each is off unless its file exists, so that a test can switch it on
 * and off while the program runs:
 *   FAULT_SLOW_DISK   a file with the milliseconds that each fdatasync and fsync takes longer
 *   FAULT_MUTE_DNS    a file: while it exists, names never resolve; numbers do
 *   FAULT_NO_THREADS  a file: while it exists, no thread can be made */
#define _GNU_SOURCE
#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <netdb.h>

static long milliseconds(const char *variable)
{
	const char *path = getenv(variable);
	FILE *file = path ? fopen(path, "r") : NULL;
	if (!file) return 0;
	long number = 0;
	if (fscanf(file, "%ld", &number) != 1) number = 0;
	fclose(file);
	return number;
}

static void pause_for(long count)
{
	struct timespec time = { count / 1000, count % 1000 * 1000000 };
	while (nanosleep(&time, &time)) {}
}

int fdatasync(int descriptor)
{
	pause_for(milliseconds("FAULT_SLOW_DISK"));
	int (*original)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
	return original(descriptor);
}

int fsync(int descriptor)
{
	pause_for(milliseconds("FAULT_SLOW_DISK"));
	int (*original)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
	return original(descriptor);
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result)
{
	const char *path = getenv("FAULT_MUTE_DNS");
	while (path && node && isalpha((unsigned char)*node) && access(path, F_OK) == 0) pause_for(50);
	int (*original)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
	original = dlsym(RTLD_NEXT, "getaddrinfo");
	return original(node, service, hints, result);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument)
{
	const char *path = getenv("FAULT_NO_THREADS");
	if (path && access(path, F_OK) == 0) return EAGAIN;
	int (*original)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *) = dlsym(RTLD_NEXT, "pthread_create");
	return original(thread, attributes, body, argument);
}
