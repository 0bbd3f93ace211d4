import { OutgoingSession } from "../sip/calls/OutgoingSession.js";
import { Call } from "./Call.js";
import { calledAddress } from "./calledAddress.js";
import type { CallHost } from "./CallHost.js";

/** A call of ours. */
export class OutgoingCall extends Call {
  readonly direction = "outbound";
  readonly session: OutgoingSession;

  /**
   * @param from the number to show, one of the workspace's; undefined leaves it to the gateway
   * @throws SautikitError `number_invalid`
   */
  constructor(host: CallHost, to: string, from: string | undefined) {
    super(host, { from: from ?? host.party.identity, to, displayName: "" });
    const address = (text: string): string => calledAddress(text, (user) => host.party.addressOf(user));
    const caller = from === undefined ? undefined : address(from);
    this.session = new OutgoingSession(host, this.slot, this.observer, address(to), caller);
  }

  get id(): string {
    return this.session.callId;
  }

  /**
   * Opens the microphone and calls; done when the call is on its way.
   *
   * @throws SautikitError `microphone_…`, `browser_unsupported`, `media_failed`
   */
  async start(): Promise<void> {
    try {
      await this.openMedia();
      await this.session.start();
    } catch (error) {
      this.slot.close();
      this.host.forget(this);
      throw error;
    }
  }
}
