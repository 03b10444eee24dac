#ifndef CTLS_H
#define CTLS_H

/* A TLS client on a connected socket that does not block, by OpenSSL 3: Modbus/TCP Security asks for TLS 1.2 or newer
 * and for certificates on both sides. The reads and writes behave as recv(2) and send(2) with MSG_DONTWAIT do. */
#include <stddef.h>
#include <sys/types.h>

struct ctls;

/* Makes a session on the socket; the socket stays the caller's, and must stay open as long as the session.
 * - ca: the file of the authorities that are trusted.
 * - certificate, key: this side's, or NULL.
 * - host: the name or address that the peer's certificate must be for.
 * Returns NULL where that fails; then `words` says why. */
struct ctls *ctls_new(int socket, const char *ca, const char *certificate, const char *key, const char *host,
	char *words, size_t size);

/* Goes on with the handshake: 1 when it is done, 0 when bytes of the peer must come first, -1 where it failed. */
int ctls_handshake(struct ctls *session);

/* As recv(2); with peek the bytes stay. A failure of TLS has errno EPROTO. */
ssize_t ctls_receive(struct ctls *session, void *buffer, size_t size, int peek);

/* As send(2): all of the bytes, or a failure. */
ssize_t ctls_send(struct ctls *session, const void *bytes, size_t size);

/* Why the last call failed; never NULL. */
const char *ctls_words(const struct ctls *session);

/* Takes leave of the peer, and frees the session. */
void ctls_free(struct ctls *session);

/* The SHA-256 digest of the bytes, 32 bytes: 1, or 0 where OpenSSL makes none. */
int ctls_digest(const void *bytes, size_t size, unsigned char *digest);

#endif
