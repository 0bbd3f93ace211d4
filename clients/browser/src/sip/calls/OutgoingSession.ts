import { SautikitError } from "../../errors/SautikitError.js";
import { dialogOfResponse, tagOf } from "../dialog/Dialog.js";
import { cancellation } from "../transactions/acknowledgement.js";
import { SipHeaders } from "../wire/SipHeaders.js";
import type { SipRequest, SipResponse } from "../wire/SipMessage.js";
import { callHeaders } from "./callHeaders.js";
import { outgoingCall, type CallAction } from "./CallMachine.js";
import { CallSession } from "./CallSession.js";
import { DialogLink } from "./DialogLink.js";
import type { SessionHost } from "./SessionHost.js";
import type { SessionMedia } from "./SessionMedia.js";
import type { SessionObserver } from "./SessionObserver.js";

/** A call of ours. */
export class OutgoingSession extends CallSession {
  readonly callId: string;
  private readonly from: string;
  private offer = "";
  private number = 0;
  private invite: SipRequest | undefined;
  private accepted: SipResponse | undefined;
  private descriptions = Promise.resolve();

  /**
   * @param to whom to call, a SIP URI
   * @param caller the number to show, a SIP URI; undefined leaves it to the gateway
   */
  constructor(
    host: SessionHost,
    media: SessionMedia,
    observer: SessionObserver,
    private readonly to: string,
    private readonly caller: string | undefined,
  ) {
    super(host, media, observer, outgoingCall().state);
    this.callId = host.dice.word(24);
    this.from = `<${caller ?? host.party.address}>;tag=${host.dice.word(10)}`;
  }

  /** Places the call; done when the INVITE is out. */
  async start(): Promise<void> {
    this.offer = await this.media.offer(false);
    // It may have been hung up while the browser was looking for its addresses.
    if (this.isOver) this.observer.forgotten();
    else outgoingCall().actions.forEach((action) => this.perform(action));
  }

  protected override performOpening(action: CallAction): void {
    switch (action.type) {
      case "sendInvite": this.sendInvite(); break;
      case "sendCancel":
        if (this.invite) {
          const ignored = { answered: () => undefined, failed: () => undefined };
          this.host.transactions.request(cancellation(this.invite), ignored);
        }
        break;
      case "sendAck": this.acknowledgeFirst(); break;
      case "renewToken": void this.renew(); break;
      default: break;
    }
  }

  private sendInvite(): void {
    this.number += 1;
    const { party } = this.host;
    const own = SipHeaders.of(
      ["Via", party.via()],
      ["Max-Forwards", "70"],
      ["From", this.from],
      ["To", `<${this.to}>`],
      ["Call-ID", this.callId],
      ["CSeq", `${this.number} INVITE`],
    );
    const named = this.caller === undefined ? own : own.with("P-Preferred-Identity", `<${this.caller}>`);
    const headers = named.and(callHeaders(party, true));
    this.invite = { kind: "request", method: "INVITE", uri: this.to, headers, body: this.offer };
    this.host.transactions.request(this.invite, {
      answered: (response) => this.answered(response),
      failed: (cause) => this.step({ type: cause === "flow" ? "flowLost" : "timeout" }),
    });
  }

  private answered(response: SipResponse): void {
    if (response.status < 200) return this.provisional(response);
    if (response.status >= 300) return this.refuse(response);
    if (this.link === undefined) {
      this.accepted = response;
      return this.step({ type: "accepted" });
    }
    if (tagOf(response.headers.first("to")) === this.link.value.remoteTag) return this.link.acknowledgeAgain();
    this.hangUpOther(response);
  }

  private provisional(response: SipResponse): void {
    if (response.body !== "" && !this.isOver) {
      this.descriptions = this.descriptions
        .then(() => this.media.takeEarly(response.body))
        // Without their ring-back the call is none the worse; the answer is still to come.
        .catch((error: unknown) => this.observer.troubled(SautikitError.from(error, "media_failed", earlyMessage)));
    }
    this.step({ type: "provisional", status: response.status });
  }

  private acknowledgeFirst(): void {
    const dialog = this.invite && this.accepted && dialogOfResponse(this.invite, this.accepted);
    if (dialog === undefined || this.accepted === undefined) return;
    const link = new DialogLink(this.host, dialog);
    link.acknowledge(this.accepted);
    this.adopt(link, true);
    if (this.isOver) return;
    const { body } = this.accepted;
    void this.descriptions.then(() => this.media.takeAnswer(body)).then(
      () => this.notice(body),
      (error: unknown) => {
        this.error = SautikitError.from(error, "media_failed", "The browser cannot do what the other side answered.");
        this.observer.troubled(this.error);
        this.hangUp("failed");
      },
    );
  }

  /** A fork's other branch has answered, too: one call is enough (RFC 3261 section 13.2.2.4). */
  private hangUpOther(response: SipResponse): void {
    const dialog = this.invite && dialogOfResponse(this.invite, response);
    if (dialog === undefined) return;
    const link = new DialogLink(this.host, dialog);
    link.acknowledge(response);
    link.request("BYE", { answered: () => undefined, failed: () => undefined });
  }

  private async renew(): Promise<void> {
    try {
      await this.host.renewToken();
      this.step({ type: "renewed" });
    } catch (error) {
      this.error = SautikitError.from(error, "token_refused", "The gateway refused the token. Check your tokenUrl.");
      this.step({ type: "refused", status: 401 });
    }
  }
}

const earlyMessage = "The browser cannot play what is sent before the answer.";
