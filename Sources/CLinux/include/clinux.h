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

/* ppoll is behind _GNU_SOURCE; poll's milliseconds are too coarse for a bus. A negative time waits for ever. Returns as
 * ppoll does. */
int clinux_poll(struct pollfd *descriptors, int count, int64_t nanoseconds);

#endif
