#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
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

void clinux_trim_heap(void)
{
    malloc_trim(0);
}

int clinux_peer(int descriptor, uint32_t *user, int32_t *process)
{
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0)
        return -1;
    *user = peer.uid;
    *process = peer.pid;
    return 0;
}

int clinux_accept(int listener)
{
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

int clinux_poll(struct pollfd *descriptors, int count, int64_t nanoseconds)
{
    struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    return ppoll(descriptors, (nfds_t)count, nanoseconds < 0 ? NULL : &limit, NULL);
}

int clinux_epoll(void)
{
    return epoll_create1(EPOLL_CLOEXEC);
}

int clinux_epoll_set(int set, int descriptor, int is_new, uint32_t tag, int writing)
{
    struct epoll_event event = {.events = EPOLLIN | (writing ? EPOLLOUT : 0), .data.u32 = tag};
    return epoll_ctl(set, is_new ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
}

int clinux_epoll_remove(int set, int descriptor)
{
    return epoll_ctl(set, EPOLL_CTL_DEL, descriptor, NULL);
}

int clinux_epoll_wait(int set, struct clinux_ready *ready, int most, int64_t nanoseconds)
{
    enum { MOST = 64 };
    struct epoll_event events[MOST];
    struct timespec limit = {.tv_sec = nanoseconds / 1000000000, .tv_nsec = nanoseconds % 1000000000};
    if (most > MOST)
        most = MOST;
    int count = epoll_pwait2(set, events, most, nanoseconds < 0 ? NULL : &limit, NULL);
    if (count < 0 && (errno == ENOSYS || errno == EPERM)) { /* an old kernel, or a filter that does not know it */
        int64_t milliseconds = nanoseconds < 0 ? -1 : (nanoseconds + 999999) / 1000000;
        count = epoll_wait(set, events, most, milliseconds > INT32_MAX ? INT32_MAX : (int)milliseconds);
    }
    for (int index = 0; index < count; index++)
        ready[index] = (struct clinux_ready){
            .tag = events[index].data.u32,
            .readable = (events[index].events & ~(uint32_t)EPOLLOUT) != 0,
            .writable = (events[index].events & EPOLLOUT) != 0,
        };
    return count;
}
