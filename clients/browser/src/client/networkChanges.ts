import type { Unsubscribe } from "../events/Emitter.js";

/** Not in every browser, and not in TypeScript's list. */
type Navigator = { readonly connection?: EventTarget };

/** Calls `changed` when the machine has a network again, or another one, or has woken up. */
export function onNetworkChange(changed: () => void): Unsubscribe {
  const connection = (navigator as Navigator).connection;
  const woken = (): void => {
    // Timers of a page that nobody sees run late or not at all: what they should have found out is asked now.
    if (document.visibilityState === "visible") changed();
  };
  window.addEventListener("online", changed);
  connection?.addEventListener("change", changed);
  document.addEventListener("visibilitychange", woken);
  return () => {
    window.removeEventListener("online", changed);
    connection?.removeEventListener("change", changed);
    document.removeEventListener("visibilitychange", woken);
  };
}
