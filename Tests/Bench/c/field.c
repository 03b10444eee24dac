// Modbus TCP devices, as cheap as they can be: PORTS listeners on loopback, any unit id, and 32,768 float32 values a
// unit (two registers each, ABCD) that change with each sample. A sample begins when a unit's register 0 is requested.
// usage: field PORTS      prints the ports in one line, then serves until it is ended.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { VALUES = 8192, REQUEST = 12, CONNECTIONS = 4096 };

static uint8_t values[VALUES][4];
static uint32_t samples[256];
static struct { uint8_t bytes[512]; int count; } waiting[CONNECTIONS];

static void fill_values(void) {
    uint32_t state = 1;
    for (int i = 0; i < VALUES; i++) {
        state = state * 1664525u + 1013904223u;
        float value = (float)(state >> 8) / (1 << 24) * 500.0f;  // 24 random bits: all the digits that a float32 has
        uint32_t bits;
        memcpy(&bits, &value, 4);
        bits = htonl(bits);
        memcpy(values[i], &bits, 4);
    }
}

static int listen_somewhere(struct sockaddr_in *address) {
    socklen_t size = sizeof *address;
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)address, size) || listen(listener, 64)
        || getsockname(listener, (struct sockaddr *)address, &size)) {
        perror("field");
        exit(1);
    }
    return listener;
}

static int answer(const uint8_t *request, uint8_t *reply) {
    unsigned unit = request[6], start = request[8] << 8 | request[9], count = request[10] << 8 | request[11];
    memcpy(reply, request, 8);
    if (request[7] < 3 || request[7] > 4 || count < 1 || count > 125) {
        reply[5] = 3;
        reply[7] |= 0x80;
        reply[8] = 2;
        return 9;
    }
    if (start == 0) samples[unit]++;
    reply[4] = (3 + 2 * count) >> 8;
    reply[5] = 3 + 2 * count;
    reply[8] = 2 * count;
    for (unsigned i = 0; i < count; i++) {
        unsigned place = start + i;
        const uint8_t *value = values[(samples[unit] * 31 + place / 2 * 7 + unit * 101) % VALUES];
        memcpy(reply + 9 + 2 * i, value + place % 2 * 2, 2);
    }
    return 9 + 2 * count;
}

static int serve(int connection) {
    ssize_t got = read(connection, waiting[connection].bytes + waiting[connection].count,
                       sizeof waiting[connection].bytes - waiting[connection].count);
    if (got <= 0) return -1;
    uint8_t *bytes = waiting[connection].bytes;
    int count = waiting[connection].count + got, used = 0;
    while (count - used >= REQUEST) {
        uint8_t reply[300];
        int length = answer(bytes + used, reply);
        if (write(connection, reply, length) != length) return -1;
        used += REQUEST;
    }
    memmove(bytes, bytes + used, count - used);
    waiting[connection].count = count - used;
    return 0;
}

int main(int argc, char **argv) {
    int ports = argc > 1 ? atoi(argv[1]) : 1, one = 1;
    int poller = epoll_create1(0);
    static uint8_t is_listener[CONNECTIONS];
    fill_values();
    for (int i = 0; i < ports; i++) {
        struct sockaddr_in address;
        int listener = listen_somewhere(&address);
        struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
        is_listener[listener] = 1;
        epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
        printf("%d ", ntohs(address.sin_port));
    }
    printf("\n");
    fflush(stdout);
    for (;;) {
        struct epoll_event events[64];
        int count = epoll_wait(poller, events, 64, -1);
        for (int i = 0; i < count; i++) {
            int ready = events[i].data.fd;
            if (is_listener[ready]) {
                int connection = accept(ready, NULL, NULL);
                if (connection < 0) continue;
                if (connection >= CONNECTIONS) {
                    close(connection);
                    continue;
                }
                setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                waiting[connection].count = 0;
                struct epoll_event event = {.events = EPOLLIN, .data.fd = connection};
                epoll_ctl(poller, EPOLL_CTL_ADD, connection, &event);
            } else if (serve(ready)) {
                close(ready);
            }
        }
    }
}
