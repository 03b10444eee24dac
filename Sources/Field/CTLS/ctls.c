#include "ctls.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* OpenSSL reads and writes memory here, and this file the socket: its own writes to a socket raise SIGPIPE. */
struct ctls {
	SSL_CTX *context;
	SSL *ssl;
	BIO *input;
	BIO *output;
	int socket;
	char words[256];
};

static void explain(char *words, size_t size, SSL *ssl, const char *what)
{
	unsigned long code = ERR_peek_last_error();
	long verified = ssl ? SSL_get_verify_result(ssl) : X509_V_OK;
	if (verified != X509_V_OK)
		snprintf(words, size, "%s", X509_verify_cert_error_string(verified));
	else if (code && ERR_reason_error_string(code))
		snprintf(words, size, "%s", ERR_reason_error_string(code));
	else
		snprintf(words, size, "%s", what);
	ERR_clear_error();
}

/* An empty password: without it OpenSSL would ask for an encrypted key's password on the terminal. */
static int no_password(char *buffer, int size, int writing, void *data)
{
	(void)buffer, (void)size, (void)writing, (void)data;
	return 0;
}

static int load(SSL_CTX *context, const char *ca, const char *certificate, const char *key, const char **file)
{
	SSL_CTX_set_default_passwd_cb(context, no_password);
	*file = ca;
	if (SSL_CTX_load_verify_locations(context, ca, NULL) != 1) return 0;
	if (!certificate) return 1;
	*file = certificate;
	if (SSL_CTX_use_certificate_chain_file(context, certificate) != 1) return 0;
	*file = key;
	return SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) == 1 && SSL_CTX_check_private_key(context) == 1;
}

/* The peer's certificate must be for that host: an address is compared with its addresses, a name with its names. */
static int expect_host(SSL *ssl, const char *host)
{
	unsigned char address[16];
	if (inet_pton(AF_INET, host, address) == 1 || inet_pton(AF_INET6, host, address) == 1)
		return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1;
	return SSL_set_tlsext_host_name(ssl, host) == 1 && SSL_set1_host(ssl, host) == 1;
}

struct ctls *ctls_new(int socket, const char *ca, const char *certificate, const char *key, const char *host,
	char *words, size_t size)
{
	ERR_clear_error();
	struct ctls *session = calloc(1, sizeof *session);
	if (!session) return NULL;
	session->socket = socket;
	const char *file = NULL;
	session->context = SSL_CTX_new(TLS_client_method());
	if (session->context && SSL_CTX_set_min_proto_version(session->context, TLS1_2_VERSION) == 1 &&
	    load(session->context, ca, certificate, key, &file)) {
		file = NULL;
		SSL_CTX_set_verify(session->context, SSL_VERIFY_PEER, NULL);
		session->ssl = SSL_new(session->context);
	}
	session->input = BIO_new(BIO_s_mem());
	session->output = BIO_new(BIO_s_mem());
	if (!session->ssl || !session->input || !session->output || !expect_host(session->ssl, host)) {
		char why[160];
		explain(why, sizeof why, NULL, "no memory");
		snprintf(words, size, "%s%s%s", file ? file : "", file ? ": " : "", why);
		if (!session->ssl) {
			BIO_free(session->input);
			BIO_free(session->output);
		} else {
			SSL_set_bio(session->ssl, session->input, session->output);
		}
		ctls_free(session);
		return NULL;
	}
	SSL_set_bio(session->ssl, session->input, session->output);
	SSL_set_connect_state(session->ssl);
	return session;
}

/* Sends what OpenSSL has written. A request is smaller than any socket's buffer. */
static int flush(struct ctls *session)
{
	char *bytes;
	long count = BIO_get_mem_data(session->output, &bytes);
	if (count <= 0) return 1;
	ssize_t sent = send(session->socket, bytes, (size_t)count, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (sent != count) {
		if (sent >= 0) errno = EAGAIN;
		snprintf(session->words, sizeof session->words, "it takes no bytes");
		return 0;
	}
	(void)BIO_reset(session->output);
	return 1;
}

/* Gives OpenSSL what has come: 1, or as recv(2) 0 at the end and -1 for a failure. */
static int fill(struct ctls *session)
{
	char buffer[4096];
	ssize_t count = recv(session->socket, buffer, sizeof buffer, MSG_DONTWAIT);
	if (count <= 0) return (int)count;
	if (BIO_write(session->input, buffer, (int)count) == count) return 1;
	errno = ENOMEM;
	return -1;
}

static int failed(struct ctls *session)
{
	explain(session->words, sizeof session->words, session->ssl, "the peer ended the session");
	flush(session); /* the alert that names the failure */
	errno = EPROTO;
	return -1;
}

int ctls_handshake(struct ctls *session)
{
	for (;;) {
		ERR_clear_error();
		int result = SSL_do_handshake(session->ssl);
		if (result != 1 && SSL_get_error(session->ssl, result) != SSL_ERROR_WANT_READ) return failed(session);
		if (!flush(session)) return -1;
		if (result == 1) return 1;
		int filled = fill(session);
		if (filled > 0) continue;
		if (filled < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
		if (filled == 0) errno = ECONNRESET;
		snprintf(session->words, sizeof session->words, "the peer closed the connection during the handshake");
		return -1;
	}
}

ssize_t ctls_receive(struct ctls *session, void *buffer, size_t size, int peek)
{
	for (;;) {
		size_t count = 0;
		ERR_clear_error();
		/* The functions with _ex: SSL_read itself is guarded for the broker's library. */
		int result = peek ? SSL_peek_ex(session->ssl, buffer, size, &count)
				  : SSL_read_ex(session->ssl, buffer, size, &count);
		if (result == 1) return (ssize_t)count;
		int error = SSL_get_error(session->ssl, result);
		if (error == SSL_ERROR_ZERO_RETURN) return 0;
		if (error != SSL_ERROR_WANT_READ) return failed(session);
		if (!flush(session)) return -1;
		int filled = fill(session);
		if (filled <= 0) return filled;
	}
}

ssize_t ctls_send(struct ctls *session, const void *bytes, size_t size)
{
	size_t count = 0;
	ERR_clear_error();
	if (SSL_write_ex(session->ssl, bytes, size, &count) != 1) return failed(session);
	return flush(session) ? (ssize_t)count : -1;
}

const char *ctls_words(const struct ctls *session) { return session->words; }

void ctls_free(struct ctls *session)
{
	if (!session) return;
	if (session->ssl && SSL_is_init_finished(session->ssl)) {
		SSL_shutdown(session->ssl);
		flush(session);
	}
	SSL_free(session->ssl); /* with its input and output */
	SSL_CTX_free(session->context);
	free(session);
	ERR_clear_error();
}

int ctls_digest(const void *bytes, size_t size, unsigned char *digest)
{
	return EVP_Digest(bytes, size, digest, NULL, EVP_sha256(), NULL) == 1;
}
