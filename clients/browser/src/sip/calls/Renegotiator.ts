import { SautikitError } from "../../errors/SautikitError.js";
import type { Cancel } from "../../time/Clock.js";
import type { ServerTransaction } from "../agent/ServerTransaction.js";
import type { SipResponse } from "../wire/SipMessage.js";
import { responseTo } from "../wire/responseTo.js";
import { callHeaders } from "./callHeaders.js";
import type { DialogLink } from "./DialogLink.js";
import { newNegotiation, stepNegotiation, type NegotiationAction, type NegotiationEvent } from "./Negotiation.js";
import { directionOf } from "../../media/directionOf.js";
import type { SessionHost } from "./SessionHost.js";
import type { SessionMedia } from "./SessionMedia.js";
import type { SessionObserver } from "./SessionObserver.js";

/** Does what `Negotiation` asks: offers and answers within a call. */
export class Renegotiator {
  private state;
  private cancelTimer: Cancel | undefined;
  private answer = "";
  private theirs: ServerTransaction | undefined;
  /** Our offer in a 200 to an INVITE without one: its answer comes with the ACK. */
  private awaitsAnswer = false;

  constructor(
    private readonly host: SessionHost,
    private readonly link: DialogLink,
    private readonly media: SessionMedia,
    private readonly observer: SessionObserver,
    isCaller: boolean,
    private readonly callIsGone: () => void,
  ) {
    this.state = newNegotiation(isCaller);
  }

  /** Offers what the media are now to be. */
  renegotiate(restart: boolean): void {
    this.step({ type: "want", wish: { restart } });
  }

  /** Takes a re-INVITE. */
  offered(transaction: ServerTransaction): void {
    this.theirs = transaction;
    this.step({ type: "offered" });
  }

  /** Takes the ACK of a re-INVITE. */
  acknowledged(body: string): void {
    if (!this.awaitsAnswer) return;
    this.awaitsAnswer = false;
    void this.guarded(this.applyAnswer(body));
  }

  /** Ends what waits. */
  close(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private step(event: NegotiationEvent): void {
    const step = stepNegotiation(this.state, event);
    this.state = step.state;
    step.actions.forEach((action) => this.perform(action));
  }

  private perform(action: NegotiationAction): void {
    switch (action.type) {
      case "offer": void this.offer(action.wish.restart); break;
      case "takeOffer": void this.takeOffer(); break;
      case "refuseOffer": this.refuse(491, "Request Pending"); break;
      case "applyAnswer": void this.guarded(this.applyAnswer(this.answer)); break;
      case "rollBack": void this.guarded(this.media.rollBack()); break;
      case "wait":
        this.cancelTimer?.();
        this.cancelTimer = this.host.clock.after(action.delay_ms, () => this.step({ type: "timer" }));
        break;
      case "callIsGone": this.callIsGone(); break;
      case "failed":
        this.observer.troubled(
          new SautikitError("media_failed", "The other side refused to change the call; it goes on as it was.", {
            status: action.status,
          }),
        );
    }
  }

  private async offer(restart: boolean): Promise<void> {
    let sdp: string;
    try {
      sdp = await this.media.offer(restart);
    } catch (error) {
      this.step({ type: "dropped" });
      this.observer.troubled(SautikitError.from(error, "media_failed", "The browser could not make an offer."));
      return;
    }
    this.step({ type: "sent" });
    const answered = (response: SipResponse): void => this.answered(response);
    const failed = (cause: "timeout" | "flow"): void =>
      this.step(cause === "flow" ? { type: "dropped" } : { type: "refused", status: 408, fraction: 0 });
    this.link.request("INVITE", { answered, failed }, callHeaders(this.host.party, true), sdp);
  }

  private answered(response: SipResponse): void {
    if (response.status < 200) return;
    if (response.status >= 300) {
      this.step({ type: "refused", status: response.status, fraction: this.host.dice.fraction() });
    } else if (this.state.phase === "offering") {
      this.answer = response.body;
      this.link.acknowledge(response);
      this.step({ type: "answered" });
    } else {
      this.link.acknowledgeAgain();
    }
  }

  private async takeOffer(): Promise<void> {
    const transaction = this.theirs;
    if (transaction === undefined) return;
    const offer = transaction.request.body;
    this.awaitsAnswer = offer === "";
    try {
      const sdp = offer === "" ? await this.media.offer(false) : await this.media.takeOffer(offer);
      const headers = callHeaders(this.host.party, true);
      transaction.respond(responseTo(transaction.request, 200, "OK", { headers, body: sdp }));
      if (offer !== "") this.heard(offer);
    } catch (error) {
      this.refuse(488, "Not Acceptable Here");
      this.observer.troubled(SautikitError.from(error, "media_failed",
        "The other side offered what the browser cannot do."));
    }
    this.step({ type: "settled" });
  }

  private refuse(status: number, reason: string): void {
    if (this.theirs) this.theirs.respond(responseTo(this.theirs.request, status, reason));
  }

  private async applyAnswer(sdp: string): Promise<void> {
    await this.media.takeAnswer(sdp);
    this.heard(sdp);
  }

  private heard(sdp: string): void {
    const direction = directionOf(sdp);
    this.observer.heldByOther(direction === "sendonly" || direction === "inactive");
  }

  private async guarded(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.observer.troubled(SautikitError.from(error, "media_failed", "The browser did not take what was agreed."));
    }
  }
}
