// An open load of HTTP/1.1 on loopback, at a constant rate whatever has been answered.
//
//   http-load PORT RATE SECONDS CONNECTIONS < request
//
// Sends the request of standard input every 1/RATE s over connections that are kept, one request at a time on each. One that
// is due while all of them wait for answers is sent when the first is free. A latency is counted from when its request was due
// to the last byte of its answer, so that what a slow answer delays counts too. The first second leads in and is not counted:
// the connections are opened in it, and what came before dies away. Every answer must be a success. Prints one JSON object;
// times are in microseconds.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_LIMIT = 8192, ANSWER_LIMIT = 65536, EVENTS = 64, PATIENCE_MS = 10000, LEAD_IN_S = 1 };

struct connection {
    int fd;
    int64_t due_ns;
    size_t have;
    char answer[ANSWER_LIMIT];
};

// Connections that wait for nothing, first in, first out: the load is even over all of them.
struct idle {
    int *places, first, count, size;
};

static int64_t now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void fail(const char *what, const char *detail) {
    fprintf(stderr, "http-load: %s\n%.300s\n", what, detail);
    exit(1);
}

static void put(struct idle *idle, int place) { idle->places[(idle->first + idle->count++) % idle->size] = place; }

static int take(struct idle *idle) {
    int place = idle->places[idle->first];
    idle->first = (idle->first + 1) % idle->size;
    idle->count--;
    return place;
}

static int open_connection(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("no connection", strerror(errno));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return fd;
}

// Whether the answer has come in full.
static int is_complete(struct connection *c) {
    c->answer[c->have] = 0;
    char *end = strstr(c->answer, "\r\n\r\n");
    if (!end) return 0;
    if (strncmp(c->answer, "HTTP/1.1 2", 10) != 0) fail("not every answer was a success", c->answer);
    char *length = strcasestr(c->answer, "\r\ncontent-length:");
    if (!length || length > end) fail("an answer without its length", c->answer);
    return c->have >= (size_t)(end + 4 - c->answer) + strtoul(length + 17, NULL, 10);
}

// Reads what has come; whether the connection is idle again.
static int receive(struct connection *c) {
    ssize_t count = recv(c->fd, c->answer + c->have, ANSWER_LIMIT - 1 - c->have, MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (count <= 0) fail("a connection was closed, or an answer is too long", "");
    c->have += (size_t)count;
    return is_complete(c);
}

static void transmit(struct connection *c, const char *request, size_t size, int64_t due_ns) {
    c->due_ns = due_ns;
    c->have = 0;
    if (send(c->fd, request, size, MSG_NOSIGNAL) != (ssize_t)size) fail("a request could not be sent", strerror(errno));
}

static int wait_until(int poller, struct epoll_event *events, int64_t due_ns) {
    int64_t rest = due_ns - now_ns();
    if (rest < 0) rest = 0;
    struct timespec t = {rest / 1000000000LL, rest % 1000000000LL};
    return epoll_pwait2(poller, events, EVENTS, &t, NULL);
}

static int ascending(const void *left, const void *right) {
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

static void print(int64_t *latencies, long total, double seconds) {
    qsort(latencies, (size_t)total, sizeof *latencies, ascending);
    printf("{\"requests\": %ld, \"seconds\": %.3f, \"p50_us\": %.1f, \"p99_us\": %.1f, \"p999_us\": %.1f, \"max_us\": %.1f}\n",
           total, seconds, latencies[total / 2] / 1e3, latencies[total * 99 / 100] / 1e3,
           latencies[total * 999 / 1000] / 1e3, latencies[total - 1] / 1e3);
}

int main(int count, char **arguments) {
    if (count != 5) {
        fprintf(stderr, "usage: http-load PORT RATE SECONDS CONNECTIONS < request\n");
        return 2;
    }
    int port = atoi(arguments[1]), size = atoi(arguments[4]), poller = epoll_create1(0);
    double interval_ns = 1e9 / atof(arguments[2]);
    long total = (long)(atof(arguments[2]) * (LEAD_IN_S + atof(arguments[3]))), sent = 0, answered = 0, counted = 0;
    char request[REQUEST_LIMIT];
    size_t length = fread(request, 1, sizeof request, stdin);
    struct connection *connections = calloc((size_t)size, sizeof *connections);
    struct idle idle = {calloc((size_t)size, sizeof(int)), 0, 0, size};
    int64_t *latencies = calloc((size_t)total, sizeof *latencies);
    for (int i = 0; i < size; i++) {
        connections[i].fd = open_connection(port);
        struct epoll_event wanted = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
        epoll_ctl(poller, EPOLL_CTL_ADD, connections[i].fd, &wanted);
        put(&idle, i);
    }
    // The kernel may otherwise wake a sleeper 50 us late.
    prctl(PR_SET_TIMERSLACK, 1);
    int64_t start = now_ns() + 10000000, counted_from = start + LEAD_IN_S * 1000000000LL, latest = counted_from;
    while (answered < total) {
        int64_t due = start + (int64_t)(sent * interval_ns);
        if (sent < total && idle.count > 0 && due <= now_ns()) {
            transmit(&connections[take(&idle)], request, length, due);
            sent++;
            continue;
        }
        struct epoll_event events[EVENTS];
        int is_due = sent < total && idle.count > 0;
        int ready = wait_until(poller, events, is_due ? due : now_ns() + PATIENCE_MS * 1000000LL);
        if (ready == 0 && !is_due) fail("the server does not answer", "");
        for (int i = 0; i < ready; i++) {
            struct connection *c = &connections[events[i].data.u32];
            if (!receive(c)) continue;
            latest = now_ns();
            answered++;
            if (c->due_ns >= counted_from) latencies[counted++] = latest - c->due_ns;
            put(&idle, (int)events[i].data.u32);
        }
    }
    print(latencies, counted, (latest - counted_from) / 1e9);
    return 0;
}
