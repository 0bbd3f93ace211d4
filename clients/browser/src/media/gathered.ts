import type { Clock } from "../time/Clock.js";

/** An offer does not wait longer for addresses: those that come late are found by the checks themselves. */
const limit_ms = 1_000;

/** Done when a connection has found its addresses, or after a second. */
export function gathered(peer: RTCPeerConnection, clock: Clock): Promise<void> {
  if (peer.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      cancel();
      peer.removeEventListener("icegatheringstatechange", check);
      resolve();
    };
    const check = (): void => {
      if (peer.iceGatheringState === "complete") finish();
    };
    const cancel = clock.after(limit_ms, finish);
    peer.addEventListener("icegatheringstatechange", check);
  });
}
