import type { SipMessage } from "./SipMessage.js";

const utf8 = new TextEncoder();

/** The text of a message, with its `Content-Length`. No header value can end its line early. */
export function formatSipMessage(message: SipMessage): string {
  const start =
    message.kind === "request"
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const lines = [
    start,
    ...message.headers.fields.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${utf8.encode(message.body).length}`,
  ];
  return [...lines.map((line) => line.replace(/[\r\n]+/g, " ")), "", message.body].join("\r\n");
}
