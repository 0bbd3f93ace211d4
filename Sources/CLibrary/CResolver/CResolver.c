#include "CResolver.h"

#include <arpa/nameser.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>

int resolver_use(const struct sockaddr_in *servers, int count, int timeout_seconds, int attempts)
{
    if (count < 1 || count > MAXNS) {
        return RESOLVER_FAILED;
    }
    // The state is the thread's own; once it is changed, the library no longer follows resolv.conf there.
    if ((_res.options & RES_INIT) == 0 && res_ninit(&_res) != 0) {
        return RESOLVER_FAILED;
    }
    for (int index = 0; index < count; index++) {
        _res.nsaddr_list[index] = servers[index];
    }
    _res.nscount = count;
    _res.retrans = timeout_seconds;
    _res.retry = attempts;
    _res.options |= RES_NORELOAD;
    return 0;
}

int resolver_query_services(const char *name, unsigned char *answer, int capacity)
{
    if ((_res.options & RES_INIT) == 0 && res_ninit(&_res) != 0) {
        return RESOLVER_FAILED;
    }
    int length = res_nquery(&_res, name, ns_c_in, ns_t_srv, answer, capacity);
    if (length >= 0) {
        return length < capacity ? length : capacity;
    }
    return _res.res_h_errno == HOST_NOT_FOUND || _res.res_h_errno == NO_DATA ? 0 : RESOLVER_FAILED;
}

static uint16_t pair(const unsigned char *bytes)
{
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

int resolver_read_services(
    const unsigned char *answer, int length, struct resolver_service *found, int most, uint32_t *ttl_seconds)
{
    ns_msg message;
    if (ns_initparse(answer, length, &message) != 0) {
        return RESOLVER_FAILED;
    }
    int count = 0;
    *ttl_seconds = UINT32_MAX;
    for (int index = 0; index < ns_msg_count(message, ns_s_an); index++) {
        ns_rr record;
        if (ns_parserr(&message, ns_s_an, index, &record) != 0) {
            return RESOLVER_FAILED;
        }
        if (ns_rr_ttl(record) < *ttl_seconds) {
            *ttl_seconds = ns_rr_ttl(record);
        }
        // What leads there (CNAME) was followed by the server.
        if (ns_rr_type(record) != ns_t_srv || ns_rr_class(record) != ns_c_in || ns_rr_rdlen(record) < 7 || count == most) {
            continue;
        }
        const unsigned char *data = ns_rr_rdata(record);
        struct resolver_service *service = &found[count];
        if (dn_expand(answer, answer + length, data + 6, service->target, sizeof service->target) < 0) {
            continue;
        }
        service->priority = pair(data);
        service->weight = pair(data + 2);
        service->port = pair(data + 4);
        count++;
    }
    return count;
}
