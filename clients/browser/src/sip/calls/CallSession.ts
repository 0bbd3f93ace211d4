import { callRefusal } from "../../errors/callRefusal.js";
import { SautikitError } from "../../errors/SautikitError.js";
import { directionOf } from "../../media/directionOf.js";
import type { ServerTransaction } from "../agent/ServerTransaction.js";
import { dialogKey } from "../dialog/Dialog.js";
import { SipHeaders } from "../wire/SipHeaders.js";
import type { SipRequest, SipResponse } from "../wire/SipMessage.js";
import { responseTo } from "../wire/responseTo.js";
import { allowedMethods } from "./callHeaders.js";
import type { CallPhase } from "./CallPhase.js";
import { stepCall, type CallAction, type CallEvent, type CallMachine } from "./CallMachine.js";
import type { DialogLink } from "./DialogLink.js";
import type { EndReason } from "./EndReason.js";
import { Renegotiator } from "./Renegotiator.js";
import type { SessionHost } from "./SessionHost.js";
import type { SessionMedia } from "./SessionMedia.js";
import type { SessionObserver } from "./SessionObserver.js";
import { TransferDesk } from "./TransferDesk.js";

/** A call's signalling: does what `CallMachine` asks. How a call begins is its two subclasses' matter. */
export abstract class CallSession {
  protected link: DialogLink | undefined;
  protected error: SautikitError | undefined;
  private renegotiator: Renegotiator | undefined;
  private desk: TransferDesk | undefined;

  protected constructor(
    protected readonly host: SessionHost,
    protected readonly media: SessionMedia,
    protected readonly observer: SessionObserver,
    private machine: CallMachine,
  ) {}

  /** How far it is. */
  get phase(): CallPhase {
    return this.machine.phase;
  }

  /** What requests of the other side are found by; undefined before there is a dialog. */
  get key(): string | undefined {
    if (this.link === undefined) return undefined;
    const { callId, localTag, remoteTag } = this.link.value;
    return dialogKey(callId, localTag, remoteTag);
  }

  /** What an attended transfer names this call by (RFC 3891): `Refer-To`'s URI with `Replaces` in it. */
  get replacement(): string | undefined {
    if (this.link === undefined) return undefined;
    const { callId, localTag, remoteTag, target } = this.link.value;
    const replaces = encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`);
    return `${target}?Replaces=${replaces}`;
  }

  hangUp(reason: EndReason = "hangup"): void {
    this.step({ type: "hangup", reason });
  }

  flowLost(): void {
    this.step({ type: "flowLost" });
  }

  flowRestored(): void {
    this.step({ type: "flowRestored" });
  }

  flowGivenUp(): void {
    this.step({ type: "flowGivenUp" });
  }

  /** Tells the other side what the media are now to be. */
  renegotiate(restart: boolean): void {
    if (this.machine.hasFlow && this.machine.phase === "active") this.renegotiator?.renegotiate(restart);
  }

  /** Gives the call away. */
  async transfer(target: string): Promise<void> {
    if (this.machine.phase !== "active" || this.desk === undefined) {
      throw new SautikitError("call_state", "Only an answered call can be transferred. Wait for 'answered'.");
    }
    await this.desk.refer(target);
    this.hangUp("transferred");
  }

  /** Sends INFO; for digits where RTP cannot carry them. */
  inform(contentType: string, body: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (): void => reject(new SautikitError("media_failed", "The other side took no digits. Try again."));
      const answered = ({ status }: SipResponse): void => {
        if (status >= 300) failed();
        else if (status >= 200) resolve();
      };
      if (this.link === undefined || !this.machine.hasFlow) return failed();
      this.link.request("INFO", { answered, failed }, SipHeaders.of(["Content-Type", contentType]), body);
    });
  }

  /** Takes a request of the dialog. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    const answer = (status: number, reason: string, headers = SipHeaders.none): void =>
      transaction.respond(responseTo(request, status, reason, { headers }));
    if (request.method === "ACK") return this.acknowledged(request);
    if (!this.link?.takes(request)) return answer(500, "Server Internal Error");
    switch (request.method) {
      case "BYE":
        answer(200, "OK");
        return this.step({ type: "bye" });
      case "INVITE":
        if (this.machine.phase === "active") return this.renegotiator?.offered(transaction);
        return answer(491, "Request Pending");
      case "NOTIFY":
        answer(200, "OK");
        return this.desk?.notified(request);
      case "OPTIONS":
        return answer(200, "OK", SipHeaders.of(["Allow", allowedMethods]));
      case "REFER":
        // Whoever transfers has somebody pay for a call: only the user of a page decides that.
        return answer(603, "Decline");
      default:
        return answer(405, "Method Not Allowed", SipHeaders.of(["Allow", allowedMethods]));
    }
  }

  protected acknowledged(request: SipRequest): void {
    this.renegotiator?.acknowledged(request.body);
  }

  /** Whether anything the user sees can still happen. */
  protected get isOver(): boolean {
    return this.machine.phase === "ended" || this.machine.phase === "cancelling";
  }

  protected step(event: CallEvent): void {
    const step = stepCall(this.machine, event);
    this.machine = step.state;
    step.actions.forEach((action) => this.perform(action));
  }

  /** There is a dialog: requests can be sent in it. */
  protected adopt(link: DialogLink, isCaller: boolean): void {
    this.link = link;
    this.desk = new TransferDesk(this.host, link);
    const gone = (): void => this.step({ type: "timeout" });
    this.renegotiator = new Renegotiator(this.host, link, this.media, this.observer, isCaller, gone);
  }

  protected perform(action: CallAction): void {
    switch (action.type) {
      case "sendBye":
        this.link?.request("BYE", { answered: () => undefined, failed: () => undefined });
        break;
      case "restartMedia": this.renegotiate(true); break;
      case "ringing": this.observer.ringing(); break;
      case "answered": this.observer.answered(); break;
      case "ended":
        this.renegotiator?.close();
        this.desk?.callEnded();
        this.observer.ended(action.reason, action.status, this.errorOf(action.reason));
        break;
      case "forget": this.observer.forgotten(); break;
      default: this.performOpening(action);
    }
  }

  /** Does what only one of the two kinds of calls is asked. */
  protected abstract performOpening(action: CallAction): void;

  /** Whether the description that was agreed on at first says that they hold us. */
  protected notice(sdp: string): void {
    const direction = directionOf(sdp);
    if (direction === "sendonly" || direction === "inactive") this.observer.heldByOther(true);
  }

  protected refuse(response: SipResponse): void {
    this.error = callRefusal(response);
    this.step({ type: "refused", status: response.status });
  }

  private errorOf(reason: EndReason): SautikitError | undefined {
    switch (reason) {
      case "connection_lost":
        return new SautikitError("connection_lost", "The connection to the gateway was lost for too long. Call again.");
      case "failed":
      case "refused":
      case "busy":
      case "no_answer":
        return this.error ?? new SautikitError("call_failed", "The other side did not respond. Call again.");
      default:
        return undefined;
    }
  }
}
