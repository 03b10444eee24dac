// Modbus RTU slaves on a pty that takes the time of a wire: a request is on it for its 8 characters from the moment it
// is written, the slave turns around, and each byte of the reply comes when its last bit would.
// usage: line BAUD TURNAROUND_MICROSECONDS [tcp]   prints the pty's path; at SIGTERM what it saw, as JSON.
// With tcp the line stands behind a serial server: it prints the server's port on the loopback, and serves one client.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST = 8 };

static volatile sig_atomic_t over;
static void end(int signal) { (void)signal; over = 1; }

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void sleep_until(int64_t moment) {
    struct timespec time = {moment / 1000000000, moment % 1000000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR && !over) {}
}

static uint16_t crc(const uint8_t *frame, int count) {
    uint16_t crc = 0xFFFF;
    for (int i = 0; i < count; i++) {
        crc ^= frame[i];
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ 0xA001 : crc >> 1;
    }
    return crc;
}

// Prints the path of a pty, whose other end it returns.
static int open_pty(void) {
    int line = posix_openpt(O_RDWR | O_NOCTTY);
    if (line < 0 || grantpt(line) || unlockpt(line)) exit(1);
    int held = open(ptsname(line), O_RDWR | O_NOCTTY);  // so that the master sees no hang-up between two masters
    struct termios raw;
    tcgetattr(held, &raw);
    cfmakeraw(&raw);
    tcsetattr(held, TCSANOW, &raw);
    printf("%s\n", ptsname(line));
    fflush(stdout);
    return line;
}

// Prints a port of the loopback, and returns the connection of its first client.
static int accept_client(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, size) || listen(listener, 1)) exit(1);
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    int client = accept(listener, NULL, NULL);
    if (client < 0) exit(1);
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return client;
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    int64_t character = 10 * 1000000000LL / atoi(argv[1]);  // 8N1: ten bits
    int64_t silence = character * 7 / 2, turnaround = atoi(argv[2]) * 1000LL;
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGTERM, &action, NULL);
    int line = argc > 3 ? accept_client() : open_pty();

    uint8_t request[256], reply[260];
    int count = 0;
    int64_t arrived = 0, first = 0, last = 0, ended = 0, theory = 0, pending = 0, earliest = INT64_MAX, gaps = 0;
    long transactions = 0;
    uint32_t sample = 0;
    while (!over) {
        struct pollfd waited = {.fd = line, .events = POLLIN};
        if (poll(&waited, 1, 200) <= 0) continue;
        if (count == 0) arrived = now();
        ssize_t got = read(line, request + count, sizeof request - count);
        if (got <= 0) continue;
        count += got;
        if (count < REQUEST) continue;
        if (crc(request, REQUEST) != 0) {
            count = 0;
            continue;
        }
        if (ended) {
            int64_t gap = arrived - ended;
            if (gap < earliest) earliest = gap;
            gaps += gap;
            theory += pending;  // counts once the next request shows when the line was free again
            transactions++;
            last = arrived;
        } else {
            first = arrived;
        }
        int words = request[4] << 8 | request[5], length = 5 + 2 * words;
        reply[0] = request[0];
        reply[1] = request[1];
        reply[2] = 2 * words;
        sample++;
        for (int i = 0; i < words / 2; i++) {
            float value = (float)((sample * 37 + i * 11) % 5000) / 10;
            uint32_t bits;
            memcpy(&bits, &value, 4);
            for (int byte = 0; byte < 4; byte++) reply[3 + 4 * i + byte] = bits >> (24 - 8 * byte);
        }
        uint16_t sum = crc(reply, length - 2);
        reply[length - 2] = sum & 0xFF;
        reply[length - 1] = sum >> 8;
        int64_t begin = arrived + REQUEST * character + turnaround;
        for (int i = 0; i < length; i++) {
            sleep_until(begin + (i + 1) * character);
            ended = now();  // of the last byte: on a busy machine later than on the wire; nobody can have it sooner
            if (write(line, reply + i, 1) != 1) break;
        }
        pending = (REQUEST + length) * character + turnaround + silence;
        count = 0;
    }
    printf("{\"transactions\":%ld,\"seconds\":%.6f,\"theory\":%.6f,\"earliest_us\":%.1f,\"mean_us\":%.1f,\"silence_us\":%.1f}\n",
           transactions, (last - first) / 1e9, theory / 1e9, transactions ? earliest / 1e3 : 0,
           transactions ? gaps / 1e3 / transactions : 0, silence / 1e3);
    return 0;
}
