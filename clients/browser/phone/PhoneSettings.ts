/** What a phone is told: by its attributes, or, with the attribute `from-query`, by the page's own address. */
export interface PhoneSettings {
  readonly tokenUrl: string;
  readonly gatewayUrl: string | undefined;
  /** The numbers to call from. */
  readonly numbers: readonly string[];
  /** A number to begin with. */
  readonly to: string | undefined;
}

/** Reads the settings of an element. */
export function settingsOf(element: HTMLElement, query: string): PhoneSettings {
  const asked = element.hasAttribute("from-query") ? new URLSearchParams(query) : new URLSearchParams();
  const setting = (name: string): string | undefined => asked.get(name) ?? element.getAttribute(name) ?? undefined;
  return {
    tokenUrl: ownPath(asked.get("token-url")) ?? element.getAttribute("token-url") ?? "/api/sip-token",
    // Never from the query: a link must not lead anybody's voice to somebody else's gateway.
    gatewayUrl: element.getAttribute("gateway-url") ?? undefined,
    numbers: (setting("from") ?? "").split(/[\s,]+/).filter((number) => number !== ""),
    to: setting("to"),
  };
}

/** A path of this very origin: a link must not make anybody's browser call with somebody else's token. */
function ownPath(path: string | null): string | undefined {
  return path !== null && /^\/(?![\/\\])/.test(path) ? path : undefined;
}
