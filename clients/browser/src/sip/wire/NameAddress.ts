import { parseParameters } from "./parameters.js";

/** What `From`, `To`, `Contact` and `Record-Route` hold (RFC 3261 section 20.10). */
export interface NameAddress {
  /** The name for people; "" when there is none. */
  readonly displayName: string;
  readonly uri: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads one address, with or without angle brackets. */
export function parseNameAddress(text: string): NameAddress | undefined {
  const value = text.trim();
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(value);
  const open = value.indexOf("<", quoted?.[0]?.length ?? 0);
  if (open < 0) return quoted ? undefined : bareAddress(value);
  const close = value.indexOf(">", open);
  if (close < 0) return undefined;
  const name = quoted ? quoted[1]?.replace(/\\(.)/g, "$1") ?? "" : value.slice(0, open).trim();
  const uri = value.slice(open + 1, close).trim();
  return uri === "" ? undefined : { displayName: name, uri, parameters: parseParameters(value.slice(close + 1)) };
}

/** Without brackets, the parameters belong to the header and not to the URI. */
function bareAddress(value: string): NameAddress | undefined {
  const uri = /^[a-z][a-z0-9+.-]*:[^\s;,>"]+/i.exec(value)?.[0];
  return uri === undefined ? undefined : { displayName: "", uri, parameters: parseParameters(value.slice(uri.length)) };
}
