#ifndef CRESOLVER_H
#define CRESOLVER_H

// The C library's resolver (resolver(3)): macros, and state of each thread, which Swift cannot reach.

#include <netinet/in.h>
#include <stdint.h>

// Nobody could say whether there are such records.
#define RESOLVER_FAILED (-1)

// Bytes of a name in `resolver_service`, with its end.
#define RESOLVER_NAME_SIZE 256

// An SRV record (RFC 2782).
struct resolver_service {
    uint16_t priority;
    uint16_t weight;
    uint16_t port;
    char target[RESOLVER_NAME_SIZE];
};

// Lets the calling thread ask these servers (at most 3) from now on, getaddrinfo included. 0, or RESOLVER_FAILED.
int resolver_use(const struct sockaddr_in *servers, int count, int timeout_seconds, int attempts);

// Asks for the SRV records of a name, and waits; the number of bytes in `answer`, 0 when there are none such, or RESOLVER_FAILED.
int resolver_query_services(const char *name, unsigned char *answer, int capacity);

// Reads the SRV records of an answer, at most `most`; their number, or RESOLVER_FAILED when it is no answer. `ttl_seconds` is the
// lowest of all its records.
int resolver_read_services(
    const unsigned char *answer, int length, struct resolver_service *found, int most, uint32_t *ttl_seconds);

#endif
