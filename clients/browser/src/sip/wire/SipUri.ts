/** The parts of a SIP URI that are looked at here. */
export interface SipUri {
  /** Unescaped; "" when there is none. */
  readonly user: string;
  /** In lower case, without the port. */
  readonly host: string;
  readonly hasLooseRouting: boolean;
}

/** User, password, host, port, and the rest. */
const pattern = /^sips?:(?:([^@:\s]*)(?::[^@\s]*)?@)?(\[[0-9a-f:.]+\]|[^\s:;?@<>[\]]+)(?::\d{1,5})?([;?].*)?$/i;

/** Reads `sip:` and `sips:` URIs, and `tel:` ones as users without a host. */
export function parseSipUri(text: string): SipUri | undefined {
  const tel = /^tel:([^;?\s]+)/i.exec(text);
  if (tel) return { user: tel[1] ?? "", host: "", hasLooseRouting: false };
  const parts = pattern.exec(text);
  if (!parts) return undefined;
  return {
    user: unescaped(parts[1] ?? ""),
    host: (parts[2] ?? "").toLowerCase(),
    hasLooseRouting: /;lr(?:[;=?]|$)/i.test(parts[3] ?? ""),
  };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // An escape that is none is shown as it came.
    return text;
  }
}
