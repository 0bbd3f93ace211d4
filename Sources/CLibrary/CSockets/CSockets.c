#define _GNU_SOURCE
#include "CSockets.h"

#include <linux/filter.h>
#include <linux/sock_diag.h>
#include <unistd.h>

_Static_assert(sizeof(struct socket_message) == sizeof(struct mmsghdr), "socket_message must be the kernel's mmsghdr");

int socket_receive_messages(int descriptor, struct socket_message *messages, unsigned int count) {
    return recvmmsg(descriptor, (struct mmsghdr *)messages, count, MSG_DONTWAIT, NULL);
}

int socket_send_messages(int descriptor, struct socket_message *messages, unsigned int count) {
    return sendmmsg(descriptor, (struct mmsghdr *)messages, count, MSG_DONTWAIT);
}

int socket_accept(int listener, struct sockaddr_in *remote) {
    socklen_t length = sizeof *remote;
    return accept4(listener, (struct sockaddr *)remote, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int socket_open_stray_counter(int descriptor) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    if (getsockname(descriptor, (struct sockaddr *)&address, &length) != 0) return -1;
    int strays = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (strays < 0) return -1;
    // A filter that takes nothing: the kernel drops each packet and counts it, and nobody is woken.
    struct sock_filter nothing = {BPF_RET | BPF_K, 0, 0, 0};
    struct sock_fprog program = {1, &nothing};
    int on = 1, off = 0;
    int is_open = setsockopt(strays, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0 &&
                  setsockopt(strays, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                  bind(strays, (struct sockaddr *)&address, sizeof address) == 0;
    // The port is shared with ourselves alone: no other program may join it later.
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &off, sizeof off);
    setsockopt(strays, SOL_SOCKET, SO_REUSEADDR, &off, sizeof off);
    if (is_open) return strays;
    close(strays);
    return -1;
}

unsigned int socket_strays(int strays) {
    unsigned int values[SK_MEMINFO_VARS] = {0};
    socklen_t length = sizeof values;
    return getsockopt(strays, SOL_SOCKET, SO_MEMINFO, values, &length) == 0 ? values[SK_MEMINFO_DROPS] : 0;
}
