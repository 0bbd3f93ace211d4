import { SautikitError } from "../errors/SautikitError.js";
import type { PeerMedia } from "../media/PeerMedia.js";
import type { SessionMedia } from "../sip/calls/SessionMedia.js";

/** A call's sound before and after there is any: an incoming call opens the microphone when it is answered. */
export class MediaSlot implements SessionMedia {
  private isClosed = false;
  private media: PeerMedia | undefined;

  /** The sound that is there. */
  get current(): PeerMedia | undefined {
    return this.media;
  }

  /** Keeps what was opened, or closes it when the call was over sooner. */
  fill(media: PeerMedia): void {
    if (this.isClosed) media.close();
    this.media = media;
  }

  close(): void {
    this.isClosed = true;
    this.media?.close();
  }

  offer(restart: boolean): Promise<string> {
    return this.filled().offer(restart);
  }

  takeEarly(sdp: string): Promise<void> {
    return this.filled().takeEarly(sdp);
  }

  takeAnswer(sdp: string): Promise<void> {
    return this.filled().takeAnswer(sdp);
  }

  takeOffer(sdp: string): Promise<string> {
    return this.filled().takeOffer(sdp);
  }

  async rollBack(): Promise<void> {
    await this.media?.rollBack();
  }

  private filled(): PeerMedia {
    if (this.media === undefined || this.isClosed) {
      throw new SautikitError("call_state", "The call is over. Place another one.");
    }
    return this.media;
  }
}
