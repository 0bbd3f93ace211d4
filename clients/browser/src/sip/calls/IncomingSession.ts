import { SautikitError } from "../../errors/SautikitError.js";
import type { ServerTransaction } from "../agent/ServerTransaction.js";
import { dialogOfRequest } from "../dialog/Dialog.js";
import { SipHeaders } from "../wire/SipHeaders.js";
import type { SipRequest } from "../wire/SipMessage.js";
import { responseTo } from "../wire/responseTo.js";
import { AcceptedAnswer } from "./AcceptedAnswer.js";
import { callHeaders } from "./callHeaders.js";
import { incomingCall, type CallAction } from "./CallMachine.js";
import { CallSession } from "./CallSession.js";
import { DialogLink } from "./DialogLink.js";
import type { SessionHost } from "./SessionHost.js";
import type { SessionMedia } from "./SessionMedia.js";
import type { SessionObserver } from "./SessionObserver.js";

const reasons: Readonly<Record<number, string>> = {
  480: "Temporarily Unavailable", 486: "Busy Here", 487: "Request Terminated", 603: "Decline",
};

/** A call of theirs. */
export class IncomingSession extends CallSession {
  readonly tag: string;
  private answer = "";
  private accepted: AcceptedAnswer | undefined;

  constructor(
    host: SessionHost,
    media: SessionMedia,
    observer: SessionObserver,
    private readonly transaction: ServerTransaction,
  ) {
    super(host, media, observer, incomingCall().state);
    this.tag = host.dice.word(10);
    const dialog = dialogOfRequest(transaction.request, this.tag);
    if (dialog) this.adopt(new DialogLink(host, dialog), false);
  }

  /** Whether `invite` is what this call came with. */
  isOf(invite: SipRequest): boolean {
    return invite === this.transaction.request;
  }

  /** Says that it rings here. */
  ring(): void {
    this.respond(180, "Ringing", SipHeaders.of(["Contact", this.host.party.contact]));
  }

  /** Takes the call. */
  async accept(): Promise<void> {
    const offer = this.transaction.request.body;
    this.answer = offer === "" ? await this.media.offer(false) : await this.media.takeOffer(offer);
    this.step({ type: "answer" });
    if (offer !== "") this.notice(offer);
  }

  /** Declines it: 603 is for everywhere, 486 for this browser. */
  reject(status: 486 | 603): void {
    this.step({ type: "reject", status });
  }

  /** The caller gave up, or somebody else answered. */
  cancelled(cancel: SipRequest): void {
    const reason = cancel.headers.all("reason").join(",");
    this.step({ type: "cancelled", elsewhere: /cause\s*=\s*200|completed elsewhere/i.test(reason) });
  }

  protected override acknowledged(request: SipRequest): void {
    if (this.phase !== "accepting") return super.acknowledged(request);
    this.accepted?.stop();
    this.step({ type: "acknowledged" });
    if (this.transaction.request.body !== "") return;
    this.media.takeAnswer(request.body).then(
      () => this.notice(request.body),
      (error: unknown) => {
        this.error = SautikitError.from(error, "media_failed", "The browser cannot do what the other side answered.");
        this.hangUp("failed");
      },
    );
  }

  protected override performOpening(action: CallAction): void {
    switch (action.type) {
      case "sendAccept": {
        const headers = callHeaders(this.host.party, true);
        const send = (): void => this.respond(200, "OK", headers, this.answer);
        this.accepted = new AcceptedAnswer(this.host.clock, send, () => this.step({ type: "timeout" }));
        break;
      }
      case "sendRefusal": this.respond(action.status, reasons[action.status] ?? "Declined"); break;
      default: break;
    }
  }

  protected override perform(action: CallAction): void {
    if (action.type === "ended") this.accepted?.stop();
    super.perform(action);
  }

  private respond(status: number, reason: string, headers = SipHeaders.none, body = ""): void {
    this.transaction.respond(responseTo(this.transaction.request, status, reason, { tag: this.tag, headers, body }));
  }
}
