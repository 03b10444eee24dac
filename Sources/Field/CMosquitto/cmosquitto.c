/* dlsym with RTLD_NEXT. */
#define _GNU_SOURCE
#include "cmosquitto.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The gate of the read that this thread is in. */
static _Thread_local const struct cmosquitto_gate *open_gate;

int cmosquitto_loop_read(struct mosquitto *client, const struct cmosquitto_gate *gate)
{
	open_gate = gate;
	int result = mosquitto_loop_read(client, 1);
	open_gate = NULL;
	return result;
}

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
/* Our read takes the place of the one that a sanitizer has in the program. The sanitizer must see what is read where,
 * and whom an eventfd wakes. */
ssize_t __interceptor_read(int descriptor, void *buffer, size_t size);
#define PLAIN_READ(descriptor, buffer, size) __interceptor_read(descriptor, buffer, size)
#endif
#endif
#ifndef PLAIN_READ
#define PLAIN_READ(descriptor, buffer, size) syscall(SYS_read, descriptor, buffer, size)
#endif

/* The program's own read comes before the C library's when the dynamic linker looks for the one that libmosquitto
 * calls. Everybody else's reads pass as they are. */
ssize_t read(int descriptor, void *buffer, size_t size)
{
	const struct cmosquitto_gate *gate = open_gate;
	if (gate && descriptor == gate->socket) return gate->take(gate->context, NULL, buffer, size);
	return PLAIN_READ(descriptor, buffer, size);
}

typedef int (*ssl_read)(void *source, void *buffer, int size);

/* OpenSSL's own function. The library has loaded it, or nobody calls here. */
static int read_clear_text(void *source, void *buffer, int size)
{
	static ssl_read found;
	ssl_read function = __atomic_load_n(&found, __ATOMIC_RELAXED);
	if (!function) {
		function = (ssl_read)dlsym(RTLD_NEXT, "SSL_read");
		__atomic_store_n(&found, function, __ATOMIC_RELAXED);
	}
	return function(source, buffer, size);
}

/* As read above, for a connection over TLS. */
int SSL_read(void *source, void *buffer, int size)
{
	const struct cmosquitto_gate *gate = open_gate;
	if (!gate || size < 0) return read_clear_text(source, buffer, size);
	return (int)gate->take(gate->context, source, buffer, (size_t)size);
}

ssize_t cmosquitto_receive(const struct cmosquitto_gate *gate, void *source, void *buffer, size_t size)
{
	if (source) return read_clear_text(source, buffer, size > INT_MAX ? INT_MAX : (int)size);
	return recv(gate->socket, buffer, size, MSG_DONTWAIT);
}

int cmosquitto_set_connect_properties(struct mosquitto *client, unsigned size, unsigned kept)
{
	mosquitto_property *properties = NULL;
	int result = mosquitto_property_add_int32(&properties, MQTT_PROP_MAXIMUM_PACKET_SIZE, size);
	if (!result && kept) result = mosquitto_property_add_int32(&properties, MQTT_PROP_SESSION_EXPIRY_INTERVAL, kept);
	if (result) {
		mosquitto_property_free_all(&properties);
		return result;
	}
	/* The connect that does not block takes no properties. This one keeps them for it, and then refuses for want of a
	 * host. */
	result = mosquitto_connect_bind_v5(client, NULL, 1, 60, NULL, properties);
	mosquitto_property_free_all(&properties);
	return result == MOSQ_ERR_INVAL ? MOSQ_ERR_SUCCESS : result;
}
