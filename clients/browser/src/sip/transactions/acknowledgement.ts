import { SipHeaders } from "../wire/SipHeaders.js";
import type { SipRequest, SipResponse } from "../wire/SipMessage.js";

/** The ACK of an answer that is not 2xx, which belongs to the INVITE's own transaction (RFC 3261 section 17.1.1.3). */
export function acknowledgement(invite: SipRequest, response: SipResponse): SipRequest {
  return companion(invite, "ACK", response.headers.first("to") ?? invite.headers.first("to") ?? "");
}

/** The CANCEL of an INVITE (RFC 3261 section 9.1). */
export function cancellation(invite: SipRequest): SipRequest {
  return companion(invite, "CANCEL", invite.headers.first("to") ?? "");
}

/** A request that follows an INVITE on its way: the same branch, number and route. */
function companion(invite: SipRequest, method: string, to: string): SipRequest {
  const own = (name: string): string => invite.headers.first(name) ?? "";
  const headers = SipHeaders.of(
    ["Via", own("via")],
    ["Max-Forwards", "70"],
    ["From", own("from")],
    ["To", to],
    ["Call-ID", own("call-id")],
    ["CSeq", `${own("cseq").split(" ")[0] ?? ""} ${method}`],
    ...invite.headers.all("route").map((route) => ["Route", route] as const),
  );
  return { kind: "request", method, uri: invite.uri, headers, body: "" };
}
