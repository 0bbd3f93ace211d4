/** The origin that this library was loaded from, found while it is being loaded: later the browser does not know. */
export const scriptOrigin: string | undefined = originOf(
  typeof document === "object" && document.currentScript instanceof HTMLScriptElement
    ? document.currentScript.src
    : import.meta.url,
);

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:/.test(url) ? new URL(url).origin : undefined;
}
