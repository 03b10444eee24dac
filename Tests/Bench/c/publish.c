// The limit of forwarding: messages that `subscriber` kept, published with QoS 1 as fast as the window allows. It waits
// for each acknowledgement.
// usage: publish PORT FILE WINDOW     prints messages, seconds and CPU seconds as JSON.
#define _GNU_SOURCE
#include <mosquitto.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static bool connected;
static long answered;
static void on_connect(struct mosquitto *client, void *context, int code) {
    (void)client, (void)context;
    connected = code == 0;
}

static void on_answer(struct mosquitto *client, void *context, int packet) {
    (void)client, (void)context, (void)packet;
    answered++;
}

static double seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    if (argc < 4) return 2;
    FILE *file = fopen(argv[2], "rb");
    struct stat status;
    if (!file || fstat(fileno(file), &status)) return 1;
    char *bytes = malloc(status.st_size);
    if (fread(bytes, 1, status.st_size, file) != (size_t)status.st_size) return 1;
    long window = atol(argv[3]), sent = 0;

    mosquitto_lib_init();
    struct mosquitto *client = mosquitto_new("bench-limit", true, NULL);
    mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
    mosquitto_max_inflight_messages_set(client, window);
    mosquitto_connect_callback_set(client, on_connect);
    mosquitto_publish_callback_set(client, on_answer);
    if (mosquitto_connect(client, "127.0.0.1", atoi(argv[1]), 60)) return 1;
    while (!connected)
        if (mosquitto_loop(client, 100, 1)) return 1;

    double start = seconds(CLOCK_MONOTONIC), busy = seconds(CLOCK_PROCESS_CPUTIME_ID);
    char topic[512];
    for (char *place = bytes; place < bytes + status.st_size || answered < sent;) {
        while (place < bytes + status.st_size && sent - answered < window) {
            uint32_t lengths[2];
            memcpy(lengths, place, sizeof lengths);
            memcpy(topic, place + sizeof lengths, lengths[0]);
            topic[lengths[0]] = 0;
            place += sizeof lengths + lengths[0];
            if (mosquitto_publish_v5(client, NULL, topic, lengths[1], place, 1, false, NULL)) return 1;
            place += lengths[1];
            sent++;
        }
        if (mosquitto_loop(client, 100, 1)) return 1;
    }
    printf("{\"messages\":%ld,\"seconds\":%.6f,\"cpu\":%.6f}\n", answered, seconds(CLOCK_MONOTONIC) - start,
           seconds(CLOCK_PROCESS_CPUTIME_ID) - busy);
    mosquitto_disconnect(client);
    return 0;
}
