import { parseParameters } from "./parameters.js";
import type { SipHeaders } from "./SipHeaders.js";

/** A parameter of the topmost `Via`; "" when it is not there. */
export function parameterOfVia(headers: SipHeaders, name: string): string {
  const via = headers.list("via")[0] ?? "";
  return parseParameters(via.slice(Math.max(0, via.indexOf(";")))).get(name) ?? "";
}
