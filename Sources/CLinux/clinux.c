#define _GNU_SOURCE
#include "clinux.h"

#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/timex.h>

int clinux_eventfd(void)
{
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

int clinux_clock_is_synchronised(void)
{
    struct timex status;
    memset(&status, 0, sizeof status);
    int state = adjtimex(&status);
    if (state < 0)
        return -1;
    return state != TIME_ERROR && (status.status & STA_UNSYNC) == 0;
}

void clinux_name_this_thread(const char *name)
{
    char cut[16];
    strncpy(cut, name, sizeof cut - 1);
    cut[sizeof cut - 1] = '\0';
    pthread_setname_np(pthread_self(), cut);
}

int clinux_poll(struct pollfd *descriptors, int count, int64_t nanoseconds)
{
    struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    return ppoll(descriptors, (nfds_t)count, nanoseconds < 0 ? NULL : &limit, NULL);
}
