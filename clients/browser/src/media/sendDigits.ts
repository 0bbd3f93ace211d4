import type { Clock } from "../time/Clock.js";
import { digitGap_ms, digitInformation, digitLength_ms } from "./digits.js";

/** Sends digits within the sound; done when the last has sounded. */
export function sendAsTones(sender: RTCDTMFSender, digits: string): Promise<void> {
  return new Promise((resolve) => {
    const listener = (event: RTCDTMFToneChangeEvent): void => {
      if (event.tone !== "") return;
      sender.removeEventListener("tonechange", listener);
      resolve();
    };
    sender.addEventListener("tonechange", listener);
    sender.insertDTMF(sender.toneBuffer + digits, digitLength_ms, digitGap_ms);
  });
}

const pause_ms = 2_000;

/** Sends digits one by one as SIP INFO, where the two sides did not agree on digits within the sound. */
export async function sendAsInformation(
  digits: string,
  inform: (contentType: string, body: string) => Promise<void>,
  clock: Clock,
): Promise<void> {
  for (const digit of digits) {
    if (digit !== ",") await inform("application/dtmf-relay", digitInformation(digit));
    const delay_ms = digit === "," ? pause_ms : digitLength_ms + digitGap_ms;
    await new Promise<void>((resolve) => void clock.after(delay_ms, resolve));
  }
}
