import { parseNameAddress } from "../wire/NameAddress.js";
import { parseCSeq } from "../wire/parseSipMessage.js";
import { SipHeaders } from "../wire/SipHeaders.js";
import type { SipRequest, SipResponse } from "../wire/SipMessage.js";
import { parseSipUri } from "../wire/SipUri.js";

/** What two parties of a call know of each other (RFC 3261 section 12). */
export interface Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string;
  /** Our `From`, with the tag. */
  readonly local: string;
  /** Our `To`, with the tag. */
  readonly remote: string;
  /** Where requests are addressed to. */
  readonly target: string;
  /** The proxies on the way, nearest first. */
  readonly routes: readonly string[];
  readonly localNumber: number;
  readonly remoteNumber: number | undefined;
}

/** The dialog that an answer to our INVITE makes; undefined when the answer lacks what makes one. */
export function dialogOfResponse(invite: SipRequest, response: SipResponse): Dialog | undefined {
  const [local, remote] = [invite.headers.first("from"), response.headers.first("to")];
  const target = parseNameAddress(response.headers.list("contact")[0] ?? "")?.uri;
  const remoteTag = tagOf(remote);
  if (local === undefined || remote === undefined || target === undefined || remoteTag === "") return undefined;
  return {
    callId: invite.headers.first("call-id") ?? "",
    localTag: tagOf(local),
    remoteTag,
    local,
    remote,
    target,
    routes: response.headers.list("record-route").reverse(),
    localNumber: parseCSeq(invite.headers)?.number ?? 1,
    remoteNumber: undefined,
  };
}

/** The dialog that an INVITE which we were sent makes, with our tag. */
export function dialogOfRequest(invite: SipRequest, localTag: string): Dialog | undefined {
  const [local, remote] = [invite.headers.first("to"), invite.headers.first("from")];
  const target = parseNameAddress(invite.headers.list("contact")[0] ?? "")?.uri;
  const remoteNumber = parseCSeq(invite.headers)?.number;
  if (local === undefined || remote === undefined || target === undefined) return undefined;
  return {
    callId: invite.headers.first("call-id") ?? "",
    localTag,
    remoteTag: tagOf(remote),
    local: `${local};tag=${localTag}`,
    remote,
    target,
    routes: invite.headers.list("record-route"),
    localNumber: 0,
    remoteNumber,
  };
}

/** What a dialog is found by. */
export function dialogKey(callId: string, localTag: string, remoteTag: string): string {
  return `${callId} ${localTag} ${remoteTag}`;
}

/** The key of the dialog that a request which we were sent belongs to. */
export function dialogKeyOf(request: SipRequest): string {
  return dialogKey(
    request.headers.first("call-id") ?? "",
    tagOf(request.headers.first("to")),
    tagOf(request.headers.first("from")),
  );
}

/** The dialog with the next number for a request of ours. */
export function advanced(dialog: Dialog): Dialog {
  return { ...dialog, localNumber: dialog.localNumber + 1 };
}

/** The dialog after a request of theirs; undefined when its number is out of order (RFC 3261 section 12.2.2). */
export function received(dialog: Dialog, request: SipRequest): Dialog | undefined {
  const number = parseCSeq(request.headers)?.number;
  if (number === undefined || (dialog.remoteNumber !== undefined && number <= dialog.remoteNumber)) return undefined;
  return { ...dialog, remoteNumber: number };
}

/** The dialog after a message that may say where they are now: a re-INVITE or an answer to ours. */
export function retargeted(dialog: Dialog, message: SipRequest | SipResponse): Dialog {
  const target = parseNameAddress(message.headers.list("contact")[0] ?? "")?.uri;
  return target === undefined ? dialog : { ...dialog, target };
}

/** A request of the dialog's current number (RFC 3261 section 12.2.1.1). */
export function requestWithin(
  dialog: Dialog,
  method: string,
  via: string,
  extra = SipHeaders.none,
  body = "",
): SipRequest {
  const [first] = dialog.routes;
  const firstUri = parseNameAddress(first ?? "")?.uri;
  const isStrict = firstUri !== undefined && parseSipUri(firstUri)?.hasLooseRouting === false;
  const uri = isStrict ? firstUri : dialog.target;
  const routes = isStrict ? [...dialog.routes.slice(1), `<${dialog.target}>`] : dialog.routes;
  const headers = SipHeaders.of(
    ["Via", via],
    ["Max-Forwards", "70"],
    ...routes.map((route) => ["Route", route] as const),
    ["From", dialog.local],
    ["To", dialog.remote],
    ["Call-ID", dialog.callId],
    ["CSeq", `${dialog.localNumber} ${method}`],
  );
  return { kind: "request", method, uri, headers: headers.and(extra), body };
}

/** The tag of a `From` or `To`; "" when it has none. */
export function tagOf(address: string | undefined): string {
  return parseNameAddress(address ?? "")?.parameters.get("tag") ?? "";
}
