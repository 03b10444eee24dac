// Plays many gateways on one machine: a connection each, the contract's payloads, QoS 1.
// usage: fleet PORT PREFIX GATEWAYS READINGS INTERVAL_MS [FIRST]
//   READINGS: of each gateway, after its `start` event; 0: until it is ended.
//   INTERVAL_MS: between two readings of a gateway; the gateways take turns. 0: as fast as the broker answers.
//   FIRST: the number of the first gateway, for several fleets beside each other.
// It prints `connected`, at SIGUSR1 and at its end a line of JSON: published, acknowledged, late (readings that were due
// more than 100 ms before), seconds since `connected`.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTING_AT_ONCE = 50, WINDOW = 20, EVENTS = 512, MOST_BYTES = 1 << 20, STATUS_MS = 60000 };

typedef struct {
    int socket;
    bool connected;
    uint32_t packet, unanswered, buffered, room;
    long seq;
    char *buffer;  // what the socket did not take
    unsigned char half[512];  // an incoming packet that is not whole yet
    uint32_t half_length;
} Gateway;

static volatile sig_atomic_t over, tell;
static const char *prefix;
static Gateway *gateways;
static int port, count, first, poller, connected;
static long readings, published, acknowledged, late;

static void on_signal(int signal) {
    if (signal == SIGUSR1) tell = 1;
    else over = 1;
}

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void fail(const char *what) {
    perror(what);
    _exit(1);
}

static void wait_for(Gateway *gateway, uint32_t events, int how) {
    struct epoll_event event = {.events = events, .data.ptr = gateway};
    if (epoll_ctl(poller, how, gateway->socket, &event)) fail("epoll");
}

static void flush(Gateway *gateway) {
    ssize_t sent = send(gateway->socket, gateway->buffer, gateway->buffered, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) fail("send");
    if (sent <= 0) return;
    gateway->buffered -= sent;
    memmove(gateway->buffer, gateway->buffer + sent, gateway->buffered);
    if (!gateway->buffered) wait_for(gateway, EPOLLIN, EPOLL_CTL_MOD);
}

static void queue(Gateway *gateway, const void *bytes, size_t length) {
    if (!gateway->buffered) {
        ssize_t sent = send(gateway->socket, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) fail("send");
        if (sent == (ssize_t)length) return;
        if (sent > 0) bytes = (const char *)bytes + sent, length -= sent;
        wait_for(gateway, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
    }
    if (gateway->buffered + length > gateway->room) {
        gateway->room = gateway->buffered + length + 4096;
        if (gateway->room > MOST_BYTES) fputs("the broker takes nothing\n", stderr), _exit(1);
        gateway->buffer = realloc(gateway->buffer, gateway->room);
    }
    memcpy(gateway->buffer + gateway->buffered, bytes, length);
    gateway->buffered += length;
}

static void send_packet(Gateway *gateway, int kind, const char *body, size_t length) {
    unsigned char packet[4096];
    size_t at = 0, rest = length;
    packet[at++] = kind;
    do {
        packet[at++] = (rest & 127) | (rest > 127 ? 128 : 0);
        rest >>= 7;
    } while (rest);
    memcpy(packet + at, body, length);
    queue(gateway, packet, at + length);
}

static size_t put_text(char *at, const char *text, size_t length) {
    at[0] = length >> 8, at[1] = length;
    memcpy(at + 2, text, length);
    return length + 2;
}

static void publish(Gateway *gateway, bool retained, const char *topic, const char *payload) {
    char body[3072];
    size_t at = put_text(body, topic, strlen(topic));
    gateway->packet = gateway->packet % 65535 + 1;
    body[at++] = gateway->packet >> 8, body[at++] = gateway->packet;
    size_t length = strlen(payload);
    memcpy(body + at, payload, length);
    send_packet(gateway, 0x32 | retained, body, at + length);
    gateway->unanswered++;
}

static int number(const Gateway *gateway) { return first + (int)(gateway - gateways); }

static int write_opening(char *at, Gateway *gateway) {
    struct timespec now;
    struct tm date;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &date);
    int own = number(gateway);
    gateway->seq++;
    return sprintf(at,
                   "{\"v\":1,\"id\":\"kdr-%05d.1-%08x.%ld\",\"gateway\":\"kdr-%05d\",\"epoch\":\"1-%08x\",\"seq\":%ld,"
                   "%s\"time\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ\",\"clock\":\"synchronised\",",
                   own, own, gateway->seq, own, own, gateway->seq,
                   gateway->seq > 1 ? "\"site\":\"yard\",\"device\":\"flow\"," : "", date.tm_year + 1900,
                   date.tm_mon + 1, date.tm_mday, date.tm_hour, date.tm_min, date.tm_sec, now.tv_nsec / 1000000);
}

static void publish_start(Gateway *gateway) {
    char topic[256], payload[1024];
    sprintf(topic, "%s/gateways/kdr-%05d/events", prefix, number(gateway));
    strcpy(payload + write_opening(payload, gateway),
           "\"event\":\"start\",\"severity\":\"info\","
           "\"data\":{\"version\":\"0.1.0\",\"configuration\":\"1a68579fe5ac6e8c\"}}");
    publish(gateway, false, topic, payload);
    published++;
}

static void publish_reading(Gateway *gateway, bool retained) {
    char topic[256], payload[1024];
    sprintf(topic, "%s/readings/kdr-%05d/yard/flow", prefix, number(gateway));
    char *at = payload + write_opening(payload, gateway);
    long seq = gateway->seq;
    sprintf(at,
            "\"points\":{\"discharge\":{\"value\":%ld.%02ld,\"unit\":\"L/s\"},"
            "\"velocity\":{\"value\":%ld.%ld,\"unit\":\"m/s\"},"
            "\"temperature\":{\"value\":%ld,\"unit\":\"Cel\"},\"signal\":{\"value\":%ld,\"unit\":\"%%\"},"
            "\"level\":{\"value\":%ld.5,\"unit\":\"m\"}}}",
            seq % 100, seq % 97, seq % 7, seq % 10, 20 + seq % 9, seq % 101, seq % 11);
    publish(gateway, retained, topic, payload);
    published++;
}

static void publish_status(Gateway *gateway) {
    char topic[256], payload[1024];
    int own = number(gateway);
    sprintf(topic, "%s/gateways/kdr-%05d/status", prefix, own);
    sprintf(payload,
            "{\"v\":1,\"gateway\":\"kdr-%05d\",\"state\":\"online\",\"version\":\"0.1.0\","
            "\"epoch\":\"1-%08x\",\"last_seq\":%ld,"
            "\"since\":\"2026-11-22T01:37:35.774Z\",\"configuration\":\"1a68579fe5ac6e8c\",\"clock\":\"synchronised\","
            "\"devices\":{\"total\":1,\"answering\":1,\"verified\":1,\"missed\":0},\"buses\":{},"
            "\"destinations\":{\"city\":{\"connected\":true,\"pending\":0}},"
            "\"storage\":{\"bytes\":163840,\"limit\":64000000,\"free\":12345678901}}",
            own, own, gateway->seq);
    publish(gateway, true, topic, payload);
}

static void begin(Gateway *gateway) {
    int one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    gateway->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(gateway->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (gateway->socket < 0) fail("socket");
    if (connect(gateway->socket, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS) fail("connect");
    char body[64] = "\0\4MQTT\4\2\16\20", name[16];  // clean session, keep alive an hour
    size_t at = 10 + put_text(body + 10, name, sprintf(name, "kdr-%05d", number(gateway)));
    wait_for(gateway, EPOLLIN, EPOLL_CTL_ADD);
    gateway->buffer = malloc(gateway->room = 256);
    gateway->buffer[0] = 0x10, gateway->buffer[1] = at;
    memcpy(gateway->buffer + 2, body, at);
    gateway->buffered = at + 2;
    wait_for(gateway, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
}

// CONNACK and PUBACK: all that a broker sends to a client without a subscription, four bytes each.
static void receive(Gateway *gateway) {
    size_t room = sizeof gateway->half - gateway->half_length;
    ssize_t got = recv(gateway->socket, gateway->half + gateway->half_length, room, 0);
    if (got == 0) fputs("the broker closed a connection\n", stderr), _exit(1);
    if (got < 0) {
        if (errno == EAGAIN) return;
        fail("recv");
    }
    gateway->half_length += got;
    uint32_t at = 0;
    for (; gateway->half_length - at >= 4; at += 4) {
        if (gateway->half[at] == 0x20) {
            if (gateway->half[at + 3]) fputs("the broker refused a gateway\n", stderr), _exit(1);
            gateway->connected = true, connected++;
        } else if (gateway->half[at] == 0x40) {
            gateway->unanswered--, acknowledged++;
        }
    }
    gateway->half_length -= at;
    memmove(gateway->half, gateway->half + at, gateway->half_length);
}

static void turn(int milliseconds) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(poller, events, EVENTS, milliseconds);
    for (int i = 0; i < ready; i++) {
        Gateway *gateway = events[i].data.ptr;
        if (events[i].events & EPOLLOUT) flush(gateway);
        if (events[i].events & (EPOLLIN | EPOLLERR | EPOLLHUP)) receive(gateway);
    }
}

static void report(double began) {
    printf("{\"published\":%ld,\"acknowledged\":%ld,\"late\":%ld,\"seconds\":%.3f}\n", published, acknowledged, late,
           seconds(CLOCK_MONOTONIC) - began);
    fflush(stdout);
}

// Each gateway keeps at most WINDOW messages in flight.
static void fill(void) {
    long left = readings * count;
    while (left > 0 && !over) {
        for (int i = 0; i < count; i++) {
            Gateway *gateway = &gateways[i];
            while (gateway->unanswered < WINDOW && gateway->seq <= readings) publish_reading(gateway, false), left--;
        }
        turn(10);
    }
}

static void live(double interval, double began) {
    long status_every = STATUS_MS / 1000.0 / interval < 1 ? 1 : STATUS_MS / 1000.0 / interval;
    for (long turns = 0; !over && (!readings || turns < readings * count);) {
        double now = seconds(CLOCK_MONOTONIC);
        for (double due; !over && (due = began + turns * interval / count) <= now; turns++) {
            if (readings && turns >= readings * count) break;
            Gateway *gateway = &gateways[turns % count];
            if (now - due > 0.1) late++;
            publish_reading(gateway, true);
            if ((turns / count + turns % count) % status_every == 0) publish_status(gateway);
        }
        turn(1);
        if (tell) tell = 0, report(began);
    }
}

int main(int argc, char **argv) {
    if (argc < 6) return 2;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGUSR1, &action, NULL);
    port = atoi(argv[1]), prefix = argv[2], count = atoi(argv[3]), readings = atol(argv[4]);
    double interval = atoi(argv[5]) / 1000.0;
    first = argc > 6 ? atoi(argv[6]) : 1;
    gateways = calloc(count, sizeof *gateways);
    poller = epoll_create1(0);
    for (int begun = 0; connected < count && !over;) {
        while (begun < count && begun - connected < CONNECTING_AT_ONCE) begin(&gateways[begun++]);
        turn(100);
    }
    puts("connected");
    fflush(stdout);
    double began = seconds(CLOCK_MONOTONIC);
    for (int i = 0; i < count; i++) {
        publish_start(&gateways[i]);
        publish_status(&gateways[i]);
        if (i % 100 == 0) turn(1);
    }
    if (interval > 0) live(interval, seconds(CLOCK_MONOTONIC));
    else fill();
    long unanswered = 1;
    for (double until = seconds(CLOCK_MONOTONIC) + 30; unanswered && seconds(CLOCK_MONOTONIC) < until;) {
        turn(10);
        unanswered = 0;
        for (int i = 0; i < count; i++) unanswered += gateways[i].unanswered;
    }
    report(began);
    return unanswered ? 1 : 0;
}
