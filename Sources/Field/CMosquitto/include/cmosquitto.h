#ifndef CMOSQUITTO_H
#define CMOSQUITTO_H

/* libmosquitto (2.0.11 or newer): its functions, and the reason codes and property identifiers of MQTT 5, which Swift
 * imports as they stand; and the gate that what a broker sends passes before the library reads it. */
#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <stddef.h>
#include <sys/types.h>

/* Where the library's reads go while cmosquitto_loop_read runs.
 *
 * The library trusts a broker's bytes: a property that MQTT does not have ends the process by an assertion, and a
 * packet's header alone makes it take 256 MB. It has no hook for its input, and inside its TLS nobody else sees the
 * clear text. So its two calls, read and SSL_read, lead here; see cmosquitto.c. */
struct cmosquitto_gate {
	/* This is given to take. */
	void *context;
	/* The connection's socket where it speaks plain TCP; -1 with TLS, whose own reads of the socket must pass. */
	int socket;
	/* It serves the library as read(2) does; it hands source on to cmosquitto_receive. */
	ssize_t (*take)(void *context, void *source, void *buffer, size_t size);
};

/* mosquitto_loop_read, with all that it reads taken from the gate. errno is as the library leaves it. */
int cmosquitto_loop_read(struct mosquitto *client, const struct cmosquitto_gate *gate);

/* Reads what the connection itself has, for a gate's take, as a read(2) that does not wait. With TLS the failures are
 * those of SSL_read, which the library asks OpenSSL about afterwards. */
ssize_t cmosquitto_receive(const struct cmosquitto_gate *gate, void *source, void *buffer, size_t size);

/* Sets what the CONNECT will tell an MQTT 5 broker: the Maximum Packet Size, and for how many seconds it keeps the session
 * (0: not at all). A result of the library's. */
int cmosquitto_set_connect_properties(struct mosquitto *client, unsigned size, unsigned kept);

#endif
