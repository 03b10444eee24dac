// Subscribes and prints the age of what it received: the time in the payload against this machine's clock.
// usage: subscriber PORT FILTER [FILE]     FILE: keeps each message, as lengths and bytes, for `publish`.
// At SIGUSR1 it forgets; at SIGUSR2 and at its end it prints a line of JSON: count, points missed, ages in ms, first
// arrival.
#define _GNU_SOURCE
#include <errno.h>
#include <mosquitto.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { AGES = 4000000 };

static volatile sig_atomic_t over, forget, tell;
static float *ages;
static long count, missed, bytes;
static double first, first_live;
static FILE *kept;

static void on_signal(int signal) {
    if (signal == SIGUSR1) forget = 1;
    else if (signal == SIGUSR2) tell = 1;
    else over = 1;
}

// The gateway's `"time":"2026-11-21T09:18:09.944Z"`, or collectd's `1732180689.944:12.5`; 0 where there is neither.
static double time_of(const char *payload, int length) {
    if (length > 0 && payload[0] >= '0' && payload[0] <= '9') return atof(payload);
    const char *found = memmem(payload, length, "\"time\":\"", 8);
    if (!found || found + 31 > payload + length) return 0;
    struct tm date = {0};
    double seconds;
    if (sscanf(found + 8, "%d-%d-%dT%d:%d:%lf", &date.tm_year, &date.tm_mon, &date.tm_mday, &date.tm_hour,
               &date.tm_min, &seconds) != 6) return 0;
    date.tm_year -= 1900;
    date.tm_mon -= 1;
    return timegm(&date) + seconds;
}

static void on_message(struct mosquitto *client, void *context, const struct mosquitto_message *message) {
    (void)client, (void)context;
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    double now = time.tv_sec + time.tv_nsec / 1e9;
    if (message->retain) return;  // from before the subscription
    double stamp = time_of(message->payload, message->payloadlen);
    if (stamp != 0 && count < AGES) ages[count] = (now - stamp) * 1000;
    if (!first) first = now;
    if (!first_live && strstr(message->topic, "/readings/")) first_live = now;
    const char *found = memmem(message->payload, message->payloadlen, "\"missed\":", 9);
    if (found) missed += atol(found + 9);
    count++;
    bytes += message->payloadlen;
    if (kept) {
        uint32_t lengths[2] = {strlen(message->topic), message->payloadlen};
        fwrite(lengths, sizeof lengths, 1, kept);
        fwrite(message->topic, lengths[0], 1, kept);
        fwrite(message->payload, lengths[1], 1, kept);
    }
}

static int by_age(const void *a, const void *b) {
    float left = *(const float *)a, right = *(const float *)b;
    return (left > right) - (left < right);
}

static void report(void) {
    long known = count < AGES ? count : AGES;
    float *sorted = malloc((known + 1) * sizeof *sorted);
    memcpy(sorted, ages, known * sizeof *sorted);
    qsort(sorted, known, sizeof *sorted, by_age);
    if (known == 0) sorted[0] = 0;
    printf("{\"count\":%ld,\"missed\":%ld,\"bytes\":%ld,\"first\":%.6f,\"first_live\":%.6f,\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f}\n",
           count, missed, bytes, first, first_live, sorted[known / 2], sorted[known * 99 / 100], sorted[known ? known - 1 : 0]);
    fflush(stdout);
    free(sorted);
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    ages = calloc(AGES, sizeof *ages);
    if (argc > 3) kept = fopen(argv[3], "wb");
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGUSR1, &action, NULL);
    sigaction(SIGUSR2, &action, NULL);
    mosquitto_lib_init();
    struct mosquitto *client = mosquitto_new(NULL, true, NULL);
    mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_message_callback_set(client, on_message);
    if (mosquitto_connect(client, "127.0.0.1", atoi(argv[1]), 60) || mosquitto_subscribe(client, NULL, argv[2], 1)) return 1;
    printf("subscribed\n");
    fflush(stdout);
    while (!over) {
        int result = mosquitto_loop(client, 100, 100);
        if (result && !over && !forget && !tell) return 1;  // the broker has gone, and with it what there is to hear
        if (forget) forget = count = missed = bytes = 0, first = first_live = 0;
        if (tell) tell = 0, report();
    }
    report();
    if (kept) fclose(kept);
    return 0;
}
