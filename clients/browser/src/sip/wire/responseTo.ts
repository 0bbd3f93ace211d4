import { parseNameAddress } from "./NameAddress.js";
import { SipHeaders } from "./SipHeaders.js";
import type { SipRequest, SipResponse } from "./SipMessage.js";

/** What an answer has beside its status. */
export interface ResponseParts {
  /** Our tag, for requests that have none in `To`. */
  readonly tag?: string;
  readonly headers?: SipHeaders;
  readonly body?: string;
}

/** An answer with what each repeats of its request (RFC 3261 section 8.2.6.2). */
export function responseTo(
  request: SipRequest,
  status: number,
  reason: string,
  parts: ResponseParts = {},
): SipResponse {
  const own = (name: string): string => request.headers.first(name) ?? "";
  const repeated = SipHeaders.of(
    ...request.headers.all("via").map((via) => ["Via", via] as const),
    ...request.headers.all("record-route").map((route) => ["Record-Route", route] as const),
    ["From", own("from")],
    ["To", tagged(own("to"), parts.tag)],
    ["Call-ID", own("call-id")],
    ["CSeq", own("cseq")],
  );
  const headers = repeated.and(parts.headers ?? SipHeaders.none);
  return { kind: "response", status, reason, headers, body: parts.body ?? "" };
}

function tagged(to: string, tag: string | undefined): string {
  const hasTag = parseNameAddress(to)?.parameters.has("tag") ?? false;
  return tag === undefined || hasTag ? to : `${to};tag=${tag}`;
}
