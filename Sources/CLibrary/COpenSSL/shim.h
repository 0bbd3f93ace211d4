#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

// What OpenSSL has as macros only, which Swift does not see.

static inline int openssl_set_versions(SSL_CTX *context, int version) {
    return SSL_CTX_set_min_proto_version(context, version) && SSL_CTX_set_max_proto_version(context, version);
}

static inline EVP_PKEY *openssl_make_p256_key(void) { return EVP_EC_gen("P-256"); }

static inline int openssl_set_groups(SSL_CTX *context, const char *groups) {
    return (int)SSL_CTX_set1_groups_list(context, groups);
}

static inline void openssl_set_mtu(SSL *connection, long mtu) {
    SSL_set_mtu(connection, mtu);
    DTLS_set_link_mtu(connection, mtu);
}

// Microseconds until the last flight is due again; -1 when none is.
static inline long long openssl_timeout(SSL *connection) {
    struct timeval rest;
    if (DTLSv1_get_timeout(connection, &rest) != 1) return -1;
    return (long long)rest.tv_sec * 1000000 + rest.tv_usec;
}

static inline int openssl_handle_timeout(SSL *connection) { return (int)DTLSv1_handle_timeout(connection); }

static inline void openssl_set_empty_is_retry(BIO *memory) { BIO_set_mem_eof_return(memory, -1); }

// One handshake per connection, no more and no shorter one, and datagrams as large as we say.
static inline void openssl_set_options(SSL_CTX *context) {
    SSL_CTX_set_options(
        context, SSL_OP_NO_TICKET | SSL_OP_NO_QUERY_MTU | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

static inline int openssl_reset(BIO *memory) { return (int)BIO_reset(memory); }

static inline size_t openssl_pending(BIO *memory) { return BIO_ctrl_pending(memory); }

#endif
