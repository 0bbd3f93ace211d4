// A paced source and sink of G.711 RTP on loopback.
//
//   rtp-load STREAMS LOCAL_BASE SECONDS [LOUD [KEY]] < ports
//
// Binds 127.0.0.1:LOCAL_BASE + 2 x i for each stream, sends one 172-byte packet (payload type 8) each 20 ms to the i-th
// port read from standard input, spreads the streams over the 20 ms, counts what comes back, and prints one JSON object.
// The first LOUD streams say a tone, all others silence. With a KEY (the 30 bytes of AES_CM_128_HMAC_SHA1_80 as hexadecimal
// digits) every other stream, beginning with the first, is protected by it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <srtp2/srtp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PAYLOAD = 160, HEADER = 12, SLOTS = 20 };
static const int64_t slot_ns = 1000000;

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void sleep_until(int64_t due) {
    struct timespec t = {due / 1000000000LL, due % 1000000000LL};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

static int open_stream(int local, int remote) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)local)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0) return -1;
    address.sin_port = htons((uint16_t)remote);
    return connect(fd, (struct sockaddr *)&address, sizeof address) == 0 ? fd : -1;
}

static void write_header(unsigned char *packet, uint32_t stream, uint32_t index) {
    uint16_t sequence = htons((uint16_t)index);
    uint32_t timestamp = htonl(index * PAYLOAD), source = htonl(0x5a000000u + stream);
    packet[0] = 0x80;
    packet[1] = (unsigned char)(8 | (index == 0 ? 0x80 : 0));
    memcpy(packet + 2, &sequence, 2);
    memcpy(packet + 4, &timestamp, 4);
    memcpy(packet + 8, &source, 4);
}

static long drain(int fd) {
    unsigned char buffer[2048];
    long count = 0;
    while (recv(fd, buffer, sizeof buffer, 0) > 0) count++;
    return count;
}

// Sends a packet, protected by the session if there is one; what is protected is a copy.
static int transmit(int fd, const unsigned char *packet, int size, srtp_t session) {
    unsigned char copy[HEADER + PAYLOAD + SRTP_MAX_TRAILER_LEN];
    if (session == NULL) return send(fd, packet, (size_t)size, 0) > 0;
    memcpy(copy, packet, (size_t)size);
    return srtp_protect(session, copy, &size) == srtp_err_status_ok && send(fd, copy, (size_t)size, 0) > 0;
}

// A session for all protected streams, or NULL for bytes that are no key.
static srtp_t open_session(const char *text) {
    unsigned char key[30];
    if (strlen(text) != 2 * sizeof key) return NULL;
    for (size_t i = 0; i < sizeof key; i++) {
        unsigned byte;
        if (sscanf(text + 2 * i, "%2x", &byte) != 1) return NULL;
        key[i] = (unsigned char)byte;
    }
    srtp_policy_t policy;
    memset(&policy, 0, sizeof policy);
    srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtp);
    srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(&policy.rtcp);
    policy.ssrc.type = ssrc_any_outbound;
    policy.key = key;
    srtp_t session;
    return srtp_init() == srtp_err_status_ok && srtp_create(&session, &policy) == srtp_err_status_ok ? session : NULL;
}

int main(int count, char **arguments) {
    if (count < 4 || count > 6) {
        fprintf(stderr, "usage: rtp-load STREAMS LOCAL_BASE SECONDS [LOUD [KEY]] < ports\n");
        return 2;
    }
    int streams = atoi(arguments[1]), base = atoi(arguments[2]), loud = count > 4 ? atoi(arguments[4]) : 0;
    srtp_t session = count == 6 ? open_session(arguments[5]) : NULL;
    if (count == 6 && session == NULL) {
        fprintf(stderr, "rtp-load: the key cannot be used\n");
        return 2;
    }
    long ticks = (long)(atof(arguments[3]) * 50), sent = 0, received = 0, late = 0;
    int *fds = calloc((size_t)streams, sizeof *fds);
    for (int i = 0; i < streams; i++) {
        int port;
        if (scanf("%d", &port) != 1 || (fds[i] = open_stream(base + 2 * i, port)) < 0) {
            fprintf(stderr, "rtp-load: stream %d could not be opened\n", i);
            return 1;
        }
    }
    unsigned char packet[HEADER + PAYLOAD], tone[HEADER + PAYLOAD];
    memset(packet, 0xd5, sizeof packet);
    // A square wave of 500 Hz, 12 dB below the loudest.
    for (int i = 0; i < PAYLOAD; i++) tone[HEADER + i] = i / 8 % 2 ? 0x8a : 0x0a;
    int64_t start = now_ns();
    for (long tick = 0; tick < ticks; tick++) {
        for (int slot = 0; slot < SLOTS; slot++) {
            int64_t due = start + (tick * SLOTS + slot) * slot_ns;
            if (now_ns() - due > 5 * slot_ns) late++;
            sleep_until(due);
            for (int i = slot; i < streams; i += SLOTS) {
                unsigned char *bytes = i < loud ? tone : packet;
                write_header(bytes, (uint32_t)i, (uint32_t)tick);
                if (transmit(fds[i], bytes, sizeof packet, i % 2 == 0 ? session : NULL)) sent++;
                received += drain(fds[i]);
            }
        }
    }
    sleep_until(now_ns() + 100 * slot_ns);
    for (int i = 0; i < streams; i++) received += drain(fds[i]);
    printf("{\"sent\": %ld, \"received\": %ld, \"late_slots\": %ld}\n", sent, received, late);
    return 0;
}
