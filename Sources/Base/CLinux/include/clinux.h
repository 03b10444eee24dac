#ifndef CLINUX_H
#define CLINUX_H

#include <poll.h>
#include <stdint.h>

/* Swift's Glibc overlay does not import <sys/eventfd.h>. Returns a descriptor or -1 with errno set. */
int clinux_eventfd(void);

/* adjtimex is a macro'd name on some libcs and its struct does not import whole. Returns 1 when the kernel says that
 * the clock is synchronised, 0 when it says that it is not, -1 with errno set. */
int clinux_clock_is_synchronised(void);

/* pthread_setname_np is behind _GNU_SOURCE. Names are cut to 15 bytes by the kernel's rule. */
void clinux_name_this_thread(const char *name);

/* malloc_trim: Swift's Glibc overlay does not import <malloc.h>. */
void clinux_trim_heap(void);

/* ppoll is behind _GNU_SOURCE; poll's milliseconds are too coarse for a bus. A negative time waits for ever. Returns as
 * ppoll does. */
int clinux_poll(struct pollfd *descriptors, int count, int64_t nanoseconds);

/* struct ucred is behind _GNU_SOURCE. The process at the other end of a Unix socket and its user, as they were when it
 * connected. Returns 0, or -1 with errno set. */
int clinux_peer(int descriptor, uint32_t *user, int32_t *process);

/* accept4 is behind _GNU_SOURCE. The connection does not block and is not inherited. Returns a descriptor, or -1 with
 * errno set. */
int clinux_accept(int listener);

/* Swift's Glibc overlay does not import <sys/epoll.h>. A set of descriptors that one thread waits on; a descriptor
 * leaves it when it is closed too. All return -1 with errno set. */
struct clinux_ready {
    uint32_t tag;
    uint8_t readable; /* or hung up */
    uint8_t writable;
};
int clinux_epoll(void);
int clinux_epoll_set(int set, int descriptor, int is_new, uint32_t tag, int writing);
int clinux_epoll_remove(int set, int descriptor);

/* Waits until descriptors are ready, and says which: `most` of them at most. In nanoseconds, as clinux_poll, and by the
 * millisecond on kernels before 5.11. Returns as epoll_wait does. */
int clinux_epoll_wait(int set, struct clinux_ready *ready, int most, int64_t nanoseconds);

/* What a TCP connection has carried since it was begun, from the kernel's own counters (TCP_INFO). Swift's Glibc overlay
 * does not import <linux/tcp.h>. */
struct clinux_tcp_traffic {
    uint64_t sent; /* payload, with what was sent again */
    uint64_t received;
    uint32_t segments_out;
    uint32_t segments_in;
    uint8_t timestamps; /* whether each segment carries that option: 12 bytes */
    uint8_t sixth;      /* whether it runs over IPv6 */
};

/* Returns 0, or -1 where the descriptor is no TCP connection or the kernel lacks these counters (before 4.19). */
int clinux_read_tcp_traffic(int descriptor, struct clinux_tcp_traffic *traffic);

#endif
