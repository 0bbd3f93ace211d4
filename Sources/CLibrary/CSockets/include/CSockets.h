#ifndef CSOCKETS_H
#define CSOCKETS_H
// recvmmsg and sendmmsg are hidden from Swift's Glibc module unless _GNU_SOURCE is set before the first include.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#endif
