// The limit of a gateway: polls with libmodbus, decodes float32, prints the JSON that the gateway prints, publishes with
// QoS 1 and waits for the acknowledgements. No journal, no quality, no rules, no faults: the first wrong answer ends it.
// usage: bare BROKER_PORT INTERVAL_MS POINTS WINDOW PORT...
//   BROKER_PORT 0: polls only. INTERVAL_MS 0: without a pause.
//   It runs until it is ended, and prints how often it polled.
#define _GNU_SOURCE
#include <errno.h>
#include <modbus.h>
#include <mosquitto.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

char *write_shortest(char *at, float value);

enum { MOST_REGISTERS = 124, MOST_POINTS = 1000 };

static volatile sig_atomic_t over;
static bool connected;
static long in_flight;
static char openings[MOST_POINTS][40];
static int opening_lengths[MOST_POINTS];

static void end(int signal) { (void)signal; over = 1; }

static void on_connect(struct mosquitto *client, void *context, int code) {
    (void)client, (void)context;
    connected = code == 0;
}

static void on_answer(struct mosquitto *client, void *context, int packet) {
    (void)client, (void)context, (void)packet;
    in_flight--;
}

static char *copy(char *at, const char *text) {
    size_t length = strlen(text);
    memcpy(at, text, length);
    return at + length;
}

static char *write_time(char *at) {
    struct timespec now;
    struct tm date;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &date);
    return at + sprintf(at, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday,
                        date.tm_hour, date.tm_min, date.tm_sec, now.tv_nsec / 1000000);
}

static float decoded(const uint16_t *registers, int point) {
    uint32_t bits = (uint32_t)registers[2 * point] << 16 | registers[2 * point + 1];
    float value;
    memcpy(&value, &bits, 4);
    return value;
}

static int payload(char *text, const char *time, long seq, int device, const uint16_t *registers, int points) {
    char *at = text;
    at += sprintf(at,
                  "{\"v\":1,\"id\":\"bench-01.1-00000000.%ld\",\"gateway\":\"bench-01\",\"epoch\":\"1-00000000\",\"seq\":%ld,"
                  "\"site\":\"yard\",\"device\":\"dev-%d\",\"time\":\"%s\",\"clock\":\"synchronised\",\"points\":{",
                  seq, seq, device, time);
    for (int point = 0; point < points; point++) {
        memcpy(at, openings[point], opening_lengths[point]);
        at = write_shortest(at + opening_lengths[point], decoded(registers, point));
        at = copy(at, ",\"unit\":\"m3/h\"},");
    }
    at = copy(at - 1, "}}");
    return at - text;
}

int main(int argc, char **argv) {
    if (argc < 6) return 2;
    int broker = atoi(argv[1]), points = atoi(argv[3]), window = atoi(argv[4]), devices = argc - 5, one = 1;
    long interval = atol(argv[2]) * 1000000L, polls = 0;
    if (points > MOST_POINTS) return 2;
    for (int point = 0; point < points; point++)
        opening_lengths[point] = sprintf(openings[point], "\"p%03d\":{\"value\":", point);
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGTERM, &action, NULL);

    modbus_t **buses = calloc(devices, sizeof *buses);
    char (*topics)[64] = calloc(devices, sizeof *topics);
    for (int i = 0; i < devices; i++) {
        buses[i] = modbus_new_tcp("127.0.0.1", atoi(argv[5 + i]));
        modbus_set_slave(buses[i], 1);
        if (modbus_connect(buses[i])) return 1;
        sprintf(topics[i], "bench/readings/bench-01/yard/dev-%d", i);
    }
    struct mosquitto *client = NULL;
    if (broker) {
        mosquitto_lib_init();
        client = mosquitto_new("bench-01", true, NULL);
        mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
        mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, one);
        mosquitto_max_inflight_messages_set(client, window);
        mosquitto_connect_callback_set(client, on_connect);
        mosquitto_publish_callback_set(client, on_answer);
        if (mosquitto_connect(client, "127.0.0.1", broker, 60)) return 1;
        while (!connected)
            if (mosquitto_loop(client, 100, 1)) return 1;
    }

    char *text = malloc(64 * MOST_POINTS + 512), time[96];
    uint16_t registers[2 * MOST_POINTS];
    struct timespec tick;
    clock_gettime(CLOCK_MONOTONIC, &tick);
    while (!over) {
        for (int i = 0; i < devices && !over; i++) {
            for (int start = 0; start < 2 * points; start += MOST_REGISTERS) {
                int count = 2 * points - start < MOST_REGISTERS ? 2 * points - start : MOST_REGISTERS;
                if (modbus_read_registers(buses[i], start, count, registers + start) != count) return over ? 0 : 1;
                if (start == 0) write_time(time);
            }
            polls++;
            if (!client) continue;
            int length = payload(text, time, polls, i, registers, points);
            while (in_flight >= window)
                if (mosquitto_loop(client, 100, 1)) return 1;
            in_flight++;
            if (mosquitto_publish_v5(client, NULL, topics[i], length, text, 1, true, NULL)) return 1;
            if (in_flight >= window && mosquitto_loop(client, 0, 1)) return 1;
        }
        while (client && in_flight > 0 && !over)
            if (mosquitto_loop(client, 100, 1)) return 1;
        if (interval == 0) continue;
        tick.tv_nsec += interval;
        while (tick.tv_nsec >= 1000000000) tick.tv_nsec -= 1000000000, tick.tv_sec++;
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &tick, NULL) == EINTR && !over) {}
        if (client && mosquitto_loop_misc(client)) return 1;
    }
    printf("{\"polls\":%ld}\n", polls);
    return 0;
}
