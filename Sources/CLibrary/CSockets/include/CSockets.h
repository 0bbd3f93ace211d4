#ifndef CSOCKETS_H
#define CSOCKETS_H

// What Swift's Glibc module lacks. Nothing here may define _GNU_SOURCE: it would change the layout of types that the
// Glibc module declares too (fd_set, for one), and Swift refuses two definitions of one type.

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

// The kernel's struct mmsghdr (recvmmsg(2)), which glibc hides without _GNU_SOURCE.
struct socket_message {
    struct msghdr msg_hdr;
    unsigned int msg_len;
};

// recvmmsg(2) without waiting; the number of messages, or -1.
int socket_receive_messages(int descriptor, struct socket_message *messages, unsigned int count);

// sendmmsg(2) without waiting; the number of messages taken, or -1.
int socket_send_messages(int descriptor, struct socket_message *messages, unsigned int count);

// accept4(2): the next connection of a listening IPv4 socket, which does not wait and is not inherited, and where it comes from; or -1.
int socket_accept(int listener, struct sockaddr_in *remote);

// Opens a socket beside a connected one, on the same IPv4 address and port: it gets, drops and counts what anybody but the
// connected peer sends. The descriptor, or -1.
int socket_open_stray_counter(int descriptor);

// How many packets a stray counter has dropped.
unsigned int socket_strays(int strays);

#endif
