#define _GNU_SOURCE
#include "CSockets.h"

_Static_assert(sizeof(struct socket_message) == sizeof(struct mmsghdr), "socket_message must be the kernel's mmsghdr");

int socket_receive_messages(int descriptor, struct socket_message *messages, unsigned int count) {
    return recvmmsg(descriptor, (struct mmsghdr *)messages, count, MSG_DONTWAIT, NULL);
}

int socket_send_messages(int descriptor, struct socket_message *messages, unsigned int count) {
    return sendmmsg(descriptor, (struct mmsghdr *)messages, count, MSG_DONTWAIT);
}
