#ifndef COPENSSL_SHIM_H
#define COPENSSL_SHIM_H

// SHA-1's own functions, see below.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/sha.h>
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

// HMAC-SHA1 (RFC 2104) with one key for many packets: what is the same each time is computed once. The functions that OpenSSL
// prefers allocate for every code.
typedef struct {
    SHA_CTX inner, outer;
} openssl_hmac_sha1;

static inline void openssl_hmac_sha1_prepare(openssl_hmac_sha1 *code, const unsigned char *key, size_t count) {
    unsigned char inner[SHA_CBLOCK], outer[SHA_CBLOCK];
    for (size_t i = 0; i < SHA_CBLOCK; i++) {
        unsigned char byte = i < count ? key[i] : 0;
        inner[i] = byte ^ 0x36;
        outer[i] = byte ^ 0x5c;
    }
    SHA1_Init(&code->inner);
    SHA1_Update(&code->inner, inner, sizeof inner);
    SHA1_Init(&code->outer);
    SHA1_Update(&code->outer, outer, sizeof outer);
    OPENSSL_cleanse(inner, sizeof inner);
    OPENSSL_cleanse(outer, sizeof outer);
}

// Writes the 20 bytes of the code of two parts that follow each other.
static inline void openssl_hmac_sha1_sign(
    const openssl_hmac_sha1 *code, const unsigned char *first, size_t first_count, const unsigned char *second,
    size_t second_count, unsigned char *digest) {
    SHA_CTX context = code->inner;
    SHA1_Update(&context, first, first_count);
    SHA1_Update(&context, second, second_count);
    SHA1_Final(digest, &context);
    context = code->outer;
    SHA1_Update(&context, digest, SHA_DIGEST_LENGTH);
    SHA1_Final(digest, &context);
}

#endif
