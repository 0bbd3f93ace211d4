// The floor that a relay is compared with: one thread, epoll, recvmmsg and sendmmsg, no protocol at all.
//
//   c-relay PAIRS REMOTE_BASE
//
// Opens 2 x PAIRS sockets on 127.0.0.1 and prints their ports, one a line. What arrives on socket k leaves from its
// partner k^1 for 127.0.0.1:REMOTE_BASE + 2 x (k^1). Ends when standard input does, and prints the packets relayed.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 16, PACKET = 2048, EVENTS = 256 };

static struct sockaddr_in loopback(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static int open_socket(int poller, uint32_t index) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) != 0 ||
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) != 0) {
        perror("c-relay");
        exit(1);
    }
    printf("%d\n", ntohs(address.sin_port));
    return fd;
}

static unsigned char packets[BATCH][PACKET];
static struct iovec slices[BATCH];
static struct mmsghdr messages[BATCH];

static long relay(int from, int to, struct sockaddr_in *remote) {
    for (int i = 0; i < BATCH; i++) {
        slices[i] = (struct iovec){packets[i], PACKET};
        messages[i].msg_hdr = (struct msghdr){.msg_iov = &slices[i], .msg_iovlen = 1};
    }
    int received = recvmmsg(from, messages, BATCH, MSG_DONTWAIT, NULL);
    if (received <= 0) return 0;
    for (int i = 0; i < received; i++) {
        slices[i].iov_len = messages[i].msg_len;
        messages[i].msg_hdr.msg_name = remote;
        messages[i].msg_hdr.msg_namelen = sizeof *remote;
    }
    int sent = sendmmsg(to, messages, (unsigned)received, 0);
    return sent > 0 ? sent : 0;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: c-relay PAIRS REMOTE_BASE\n");
        return 2;
    }
    int sockets = 2 * atoi(arguments[1]), base = atoi(arguments[2]), poller = epoll_create1(0);
    int *fds = calloc((size_t)sockets, sizeof *fds);
    struct sockaddr_in *remotes = calloc((size_t)sockets, sizeof *remotes);
    for (int i = 0; i < sockets; i++) {
        fds[i] = open_socket(poller, (uint32_t)i);
        remotes[i] = loopback(base + 2 * i);
    }
    struct epoll_event input = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
    epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &input);
    fflush(stdout);

    static struct epoll_event events[EVENTS];
    long relayed = 0;
    for (;;) {
        int ready = epoll_wait(poller, events, EVENTS, -1);
        for (int j = 0; j < ready; j++) {
            uint32_t k = events[j].data.u32;
            char byte;
            if (k == UINT32_MAX) {
                if (read(STDIN_FILENO, &byte, 1) > 0) continue;
                printf("relayed %ld\n", relayed);
                return 0;
            }
            relayed += relay(fds[k], fds[k ^ 1], &remotes[k ^ 1]);
        }
    }
}
