#include "clinux.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

int clinux_read_tcp_traffic(int descriptor, struct clinux_tcp_traffic *traffic)
{
    struct tcp_info info;
    socklen_t size = sizeof info;
    memset(&info, 0, sizeof info);
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return -1;
    if (size < offsetof(struct tcp_info, tcpi_bytes_sent) + sizeof info.tcpi_bytes_sent)
        return -1;
    int family = AF_INET;
    socklen_t length = sizeof family;
    (void)getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &family, &length);
    *traffic = (struct clinux_tcp_traffic){
        .sent = info.tcpi_bytes_sent,
        .received = info.tcpi_bytes_received,
        .segments_out = info.tcpi_segs_out,
        .segments_in = info.tcpi_segs_in,
        .timestamps = (info.tcpi_options & 1) != 0, /* TCPI_OPT_TIMESTAMPS */
        .sixth = family == AF_INET6,
    };
    return 0;
}
