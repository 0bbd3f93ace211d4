import { SipHeaders } from "./SipHeaders.js";
import type { SipMessage } from "./SipMessage.js";

/** Longer messages are not read: a gateway has no reason to send them. Characters. */
export const longestMessage = 65_536;
/** Messages with more header fields are not read. */
export const mostHeaders = 128;

const required = ["via", "from", "to", "call-id", "cseq"];

/**
 * Reads one message of a WebSocket frame (RFC 7118 section 5: a frame has one, whole).
 *
 * Returns undefined for whatever is not one. `Content-Length` is not needed there, and not believed.
 */
export function parseSipMessage(text: string): SipMessage | undefined {
  if (text.length > longestMessage) return undefined;
  const [, head, body] = /^(.*?)\r?\n\r?\n(.*)$/s.exec(text) ?? [];
  if (head === undefined || body === undefined) return undefined;
  const [start, ...lines] = unfolded(head).split(/\r?\n/);
  const headers = parseHeaders(lines);
  if (start === undefined || headers === undefined) return undefined;
  if (required.some((name) => headers.first(name) === undefined)) return undefined;
  return parseStart(start, headers, body);
}

function parseStart(line: string, headers: SipHeaders, body: string): SipMessage | undefined {
  const response = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i.exec(line);
  if (response) return { kind: "response", status: Number(response[1]), reason: response[2] ?? "", headers, body };
  const [, method, uri] = /^([A-Za-z0-9.!%*_+`'~-]+) (\S+) SIP\/2\.0$/i.exec(line) ?? [];
  if (method === undefined || uri === undefined) return undefined;
  if (parseCSeq(headers)?.method !== method) return undefined;
  return { kind: "request", method, uri, headers, body };
}

function parseHeaders(lines: readonly string[]): SipHeaders | undefined {
  if (lines.length > mostHeaders) return undefined;
  const fields: [string, string][] = [];
  for (const line of lines) {
    const [, name, value] = /^([A-Za-z0-9.!%*_+`'~-]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    fields.push([name, value.trim()]);
  }
  return SipHeaders.of(...fields);
}

/** RFC 3261 section 7.3.1: a line that begins with white space belongs to the one before. */
function unfolded(head: string): string {
  return head.replace(/\r?\n[ \t]+/g, " ");
}

/** The number and the method of `CSeq`. */
export function parseCSeq(headers: SipHeaders): { number: number; method: string } | undefined {
  const [, number, method] = /^(\d{1,10})\s+(\S+)$/.exec(headers.first("cseq") ?? "") ?? [];
  return number === undefined || method === undefined ? undefined : { number: Number(number), method };
}
