// The limit of a collector: the same design as gateway-city's, in C. Readings and events of the contract come in batches
// of at most 8,000 messages or 50 ms; COPY, one statement and COMMIT put them into PostgreSQL, and only then the PUBACKs
// go. It takes apart the payloads of `fleet` alone: values that are numbers, names without escapes. No packs, no gaps, no
// faults: the first error ends it, without a PUBACK.
// usage: reference PORT PREFIX CLIENT_ID CONNINFO
#define _GNU_SOURCE
#include <libpq-fe.h>
#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <poll.h>
#include <search.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_MESSAGES = 8000, MOST_NAMES = 1 << 18, BATCH_BYTES = 32 << 20 };

static const char *SCHEMA =
    "create table if not exists name (id integer generated always as identity primary key, key text not null unique);"
    "create table if not exists ledger (epoch integer primary key, have int8multirange not null default '{}')"
    " with (fillfactor = 70);"
    "create table if not exists reading (seq bigint not null, time timestamptz not null, epoch integer not null,"
    " device integer not null, form integer not null, v float8[] not null);"
    "create index if not exists reading_place on reading (device, time);"
    "create table if not exists event (seq bigint not null, time timestamptz not null, epoch integer not null,"
    " body jsonb not null);"
    "create temp table incoming (seq bigint, time timestamptz, epoch integer, device integer, form integer, v float8[],"
    " body jsonb) on commit delete rows;";
static const char *MERGE =
    "with held as materialized (select epoch, have from ledger where epoch in (select epoch from incoming)"
    " order by epoch for update),"
    " fresh as materialized (select distinct on (epoch, seq) i.* from incoming i join held using (epoch)"
    " where not have @> seq order by epoch, seq),"
    " rows as (insert into reading select seq, time, epoch, device, form, v from fresh where v is not null),"
    " events as (insert into event select seq, time, epoch, body from fresh where v is null),"
    " grown as (select epoch, range_agg(int8range(seq, seq + 1)) as new from fresh group by epoch)"
    " update ledger set have = have + new from grown where ledger.epoch = grown.epoch";

static volatile sig_atomic_t over;
static PGconn *store;
static char *batch, *batch_end;
static int messages, subscribed;
static bool naming;
static long total;

static void end(int signal) { (void)signal; over = 1; }

static void fail(const char *what) {
    fprintf(stderr, "%s: %s", what, PQerrorMessage(store));
    _exit(1);  // no PUBACK of what is not committed
}

static void run(const char *sql) {
    PGresult *result = PQexec(store, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN) fail(sql);
    PQclear(result);
}

// The number of an epoch, a device or a form. New ones get theirs in a transaction before the batch's.
static int number(const char *key) {
    ENTRY *found = hsearch((ENTRY){.key = (char *)key}, FIND);
    if (found) return (int)(long)found->data;
    if (!naming) run("begin");
    naming = true;
    PGresult *result = PQexecParams(
        store, "insert into name (key) values ($1) on conflict (key) do update set key = excluded.key returning id", 1,
        NULL, &key, NULL, NULL, 0);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) fail("name");
    long id = atol(PQgetvalue(result, 0, 0));
    PQclear(result);
    char sql[96];
    sprintf(sql, "insert into ledger (epoch) values (%ld) on conflict do nothing", id);
    if (key[0] == 'e') run(sql);
    hsearch((ENTRY){.key = strdup(key), .data = (void *)id}, ENTER);
    return id;
}

// The text behind `"key":"`, and where it ends.
static const char *text(const char *from, const char *key, size_t *length) {
    const char *found = strstr(from, key);
    if (!found) return NULL;
    found += strlen(key);
    *length = strcspn(found, "\"");
    return found;
}

static void on_message(struct mosquitto *client, void *context, const struct mosquitto_message *message) {
    (void)client, (void)context;
    char key[4096];
    size_t identity = 0, device = 0, time = 0;
    const char *payload = message->payload, *id = text(payload, "\"id\":\"", &identity);
    const char *when = text(payload, "\"time\":\"", &time), *named = text(payload, "\"device\":\"", &device);
    if (!id || !when) return;
    const char *dot = memrchr(id, '.', identity), *points = strstr(payload, "\"points\":{");
    const char *gateway_end = memchr(id, '.', identity);
    messages++, total++;
    sprintf(key, "e%.*s", (int)(dot - id), id);
    int epoch = number(key);
    batch_end += sprintf(batch_end, "%.*s\t%.*s\t%d\t", (int)(id + identity - dot - 1), dot + 1, (int)time, when,
                         epoch);
    if (!points) {
        batch_end += sprintf(batch_end, "\\N\t\\N\t\\N\t%s\n", payload);
        return;
    }
    sprintf(key, "d%.*s/%.*s", (int)(gateway_end - id), id, (int)device, named);
    batch_end += sprintf(batch_end, "%d\t", number(key));
    char values[4096], *value_end = values, *form = key;
    *form++ = 'f';
    const char *at = points + 10;
    while (*at == '"') {
        size_t name = strcspn(at + 1, "\"");
        memcpy(form, at + 1, name);
        form += name;
        *form++ = ' ';
        at += name + 2 + strlen(":{\"value\":");
        size_t digits = strcspn(at, ",}");
        value_end += sprintf(value_end, "%c%.*s", value_end == values ? '{' : ',', (int)digits, at);
        at += digits + strcspn(at + digits, "}") + 1;
        if (*at == ',') at++;
    }
    *form = *value_end = 0;
    batch_end += sprintf(batch_end, "%d\t%s}\t\\N\n", number(key), values);
}

static void on_subscribe(struct mosquitto *client, void *context, int packet, int count, const int *granted) {
    (void)client, (void)context, (void)packet, (void)count, (void)granted;
    if (++subscribed == 4) puts("ready"), fflush(stdout);
}

static void commit(void) {
    if (naming) run("commit");
    naming = false;
    run("begin");
    run("copy incoming from stdin");
    if (PQputCopyData(store, batch, batch_end - batch) != 1 || PQputCopyEnd(store, NULL) != 1) fail("copy");
    PGresult *result = PQgetResult(store);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) fail("copy");
    PQclear(result);
    while ((result = PQgetResult(store))) PQclear(result);
    run(MERGE);
    run("commit");
    batch_end = batch;
    messages = 0;
}

static long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int main(int argc, char **argv) {
    if (argc < 5) return 2;
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    hcreate(MOST_NAMES);
    batch = batch_end = malloc(BATCH_BYTES);
    store = PQconnectdb(argv[4]);
    if (PQstatus(store) != CONNECTION_OK) fail("connect");
    run("set client_min_messages = warning");
    run(SCHEMA);
    mosquitto_lib_init();
    struct mosquitto *client = mosquitto_new(argv[3], false, NULL);
    mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
    mosquitto_int_option(client, MOSQ_OPT_RECEIVE_MAXIMUM, 65535);
    mosquitto_threaded_set(client, true);  // so that PUBACKs are only queued, until mosquitto_loop_write
    mosquitto_message_callback_set(client, on_message);
    mosquitto_subscribe_callback_set(client, on_subscribe);
    mosquitto_property *kept = NULL;
    mosquitto_property_add_int32(&kept, MQTT_PROP_SESSION_EXPIRY_INTERVAL, 604800);
    if (mosquitto_connect_bind_v5(client, "127.0.0.1", atoi(argv[1]), 60, NULL, kept)) return 1;
    const char *filters[] = {"readings/#", "backfill/#", "events/#", "gateways/+/events"};
    for (int i = 0; i < 4; i++) {
        char filter[256];
        snprintf(filter, sizeof filter, "%s/%s", argv[2], filters[i]);
        if (mosquitto_subscribe(client, NULL, filter, 1)) return 1;
    }
    while (!over) {
        long until = now_ms() + 50;
        for (long left = 50; !over && messages < MOST_MESSAGES && left > 0; left = until - now_ms()) {
            struct pollfd socket = {.fd = mosquitto_socket(client), .events = POLLIN};
            if (poll(&socket, 1, left) <= 0) continue;
            if (!messages) until = now_ms() + 50;
            // It reads one packet; there are more while packets come.
            for (int before = -1; before < messages && messages < MOST_MESSAGES;) {
                before = messages;
                if (mosquitto_loop_read(client, 1)) return 1;
            }
        }
        if (messages) commit();
        while (mosquitto_want_write(client))
            if (mosquitto_loop_write(client, 100)) return 1;
        if (mosquitto_loop_misc(client)) return 1;
    }
    mosquitto_disconnect(client);
    fprintf(stderr, "%ld messages\n", total);
    return 0;
}
