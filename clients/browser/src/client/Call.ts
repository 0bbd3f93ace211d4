import { SautikitError } from "../errors/SautikitError.js";
import { Emitter, type Unsubscribe } from "../events/Emitter.js";
import { checkedDigits } from "../media/digits.js";
import { qualityBetween, type Quality } from "../media/Quality.js";
import { sendAsInformation, sendAsTones } from "../media/sendDigits.js";
import type { CallSession } from "../sip/calls/CallSession.js";
import type { EndReason } from "../sip/calls/EndReason.js";
import type { SessionObserver } from "../sip/calls/SessionObserver.js";
import { calledAddress } from "./calledAddress.js";
import type { CallEvents } from "./CallEvents.js";
import type { CallHost } from "./CallHost.js";
import type { CallState } from "./CallState.js";
import { MediaSlot } from "./MediaSlot.js";
import { Observation } from "./Observation.js";

/** Who calls whom. */
export interface CallParties {
  /** A number with its country code, or what else the other side goes by. */
  readonly from: string;
  readonly to: string;
  /** The name that the caller gives; "" when it gives none. Nobody has checked it. */
  readonly displayName: string;
}

/** A call, ours or theirs. */
export abstract class Call extends Emitter<CallEvents> {
  /** Names the call; the same as in SIP's `Call-ID`. */
  abstract readonly id: string;
  abstract readonly direction: "outbound" | "inbound";
  readonly from: string;
  readonly to: string;
  readonly displayName: string;
  /** When it was answered; undefined until then. Milliseconds since 1970. */
  answeredAt_ms: number | undefined;

  /** The signalling; for this library's own use. */
  abstract readonly session: CallSession;
  protected readonly slot = new MediaSlot();
  private currentState: CallState = "calling";
  private observation: Observation | undefined;
  private muted = false;
  private heldByUs = false;
  private heldByThem = false;
  private isReconnecting = false;

  protected constructor(protected readonly host: CallHost, parties: CallParties) {
    super();
    this.from = parties.from;
    this.to = parties.to;
    this.displayName = parties.displayName;
  }

  get state(): CallState {
    return this.currentState;
  }

  get isMuted(): boolean {
    return this.muted;
  }

  /** Whether we hold. */
  get isHeld(): boolean {
    return this.heldByUs;
  }

  /** Ends the call, or gives up one that is not answered yet. */
  async hangup(): Promise<void> {
    this.session.hangUp();
  }

  /** Lets the other side hear silence. */
  mute(): void {
    this.setMuted(true);
  }

  unmute(): void {
    this.setMuted(false);
  }

  /** Lets neither side hear the other, until `resume()`. */
  async hold(): Promise<void> {
    this.setHeld(true);
  }

  async resume(): Promise<void> {
    this.setHeld(false);
  }

  /**
   * Presses digits; done when the last has sounded.
   *
   * @throws SautikitError `digits_invalid`, `call_state`, `media_failed`
   */
  async sendDigits(digits: string): Promise<void> {
    const checked = checkedDigits(digits);
    const media = this.answeredMedia("press digits in");
    const sender = media.digitSender;
    const sending = sender
      ? sendAsTones(sender, checked)
      : sendAsInformation(checked, (type, body) => this.session.inform(type, body), this.host.clock);
    // A call that ends meanwhile never says that the last digit has sounded.
    let stop: Unsubscribe | undefined;
    const over = new Promise<void>((resolve) => {
      stop = this.once("ended", () => resolve());
    });
    await Promise.race([sending, over]);
    stop?.();
  }

  /**
   * Gives the call away: to a number, or, when `target` is another call of yours, to whoever you talk to there. Done
   * when those two talk; the call ends with the reason `transferred`.
   *
   * @throws SautikitError `number_invalid`, `call_state`, `transfer_failed`
   */
  async transfer(target: string | Call): Promise<void> {
    if (typeof target === "string") {
      return this.session.transfer(calledAddress(target, (user) => this.host.party.addressOf(user)));
    }
    const replacement = target.state === "answered" && target !== this ? target.session.replacement : undefined;
    if (replacement === undefined) {
      throw new SautikitError("call_state", "A call can only be given to another call that is answered.");
    }
    await this.session.transfer(replacement);
    await target.hangup();
  }

  /**
   * The quality of the whole call so far.
   *
   * @throws SautikitError `call_state`
   */
  async stats(): Promise<Quality> {
    return qualityBetween(undefined, await this.answeredMedia("measure").counters());
  }

  /** The machine has got another network; for this library's own use. */
  networkChanged(): void {
    this.slot.current?.networkChanged();
  }

  /** The connection to the gateway is gone, or back; for this library's own use. */
  flowChanged(change: "lost" | "restored" | "givenUp"): void {
    if (change === "lost") this.session.flowLost();
    else if (change === "restored") this.session.flowRestored();
    else this.session.flowGivenUp();
    if (change === "lost") this.setReconnecting(true);
  }

  /** Opens the microphone, and a connection. */
  protected async openMedia(): Promise<void> {
    const media = await this.host.openMedia({
      needsRestart: () => {
        this.setReconnecting(true);
        this.session.renegotiate(true);
      },
      connected: () => this.setReconnecting(false),
      lost: () => this.session.hangUp("connection_lost"),
      troubled: (error) => this.emit("error", error),
    });
    media.mute(this.muted);
    this.slot.fill(media);
  }

  /** What the signalling tells. */
  protected readonly observer: SessionObserver = {
    ringing: () => {
      this.currentState = "ringing";
      this.emit("ringing", undefined);
    },
    answered: () => {
      this.currentState = "answered";
      this.answeredAt_ms = this.host.clock.now();
      this.observe();
      this.emit("answered", undefined);
    },
    ended: (reason, code, error) => this.finish(reason, code, error),
    heldByOther: (isHeld) => {
      if (isHeld === this.heldByThem || this.currentState === "ended") return;
      this.heldByThem = isHeld;
      this.emit("held", { isHeld, by: "them" });
    },
    troubled: (error) => this.emit("error", error),
    forgotten: () => this.host.forget(this),
  };

  private observe(): void {
    const media = this.slot.current;
    if (media === undefined) return;
    this.observation = new Observation(media, this.host.clock, {
      wantsLevels: () => this.hasListener("levels"),
      wantsQuality: () => this.hasListener("quality"),
      levels: (levels) => this.emit("levels", levels),
      quality: (quality) => this.emit("quality", quality),
    });
  }

  private finish(reason: EndReason, code: number | undefined, error: SautikitError | undefined): void {
    if (this.currentState === "ended") return;
    this.currentState = "ended";
    this.observation?.close();
    this.slot.close();
    this.emit("ended", { reason, code, error });
  }

  private answeredMedia(verb: string): NonNullable<MediaSlot["current"]> {
    const media = this.slot.current;
    if (this.currentState === "answered" && media) return media;
    throw new SautikitError("call_state", `There is no answered call to ${verb}. Wait for 'answered'.`);
  }

  private setMuted(isMuted: boolean): void {
    if (isMuted === this.muted || this.currentState === "ended") return;
    this.muted = isMuted;
    this.slot.current?.mute(isMuted);
    this.emit("muted", { isMuted });
  }

  private setHeld(isHeld: boolean): void {
    const media = this.answeredMedia(isHeld ? "hold" : "resume");
    if (isHeld === this.heldByUs) return;
    this.heldByUs = isHeld;
    media.hold(isHeld);
    this.session.renegotiate(false);
    this.emit("held", { isHeld, by: "us" });
  }

  private setReconnecting(isReconnecting: boolean): void {
    if (isReconnecting === this.isReconnecting || this.currentState !== "answered") return;
    this.isReconnecting = isReconnecting;
    this.emit("reconnecting", { isReconnecting });
  }
}
