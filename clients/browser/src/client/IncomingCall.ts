import { SautikitError } from "../errors/SautikitError.js";
import type { ServerTransaction } from "../sip/agent/ServerTransaction.js";
import { IncomingSession } from "../sip/calls/IncomingSession.js";
import { parseNameAddress } from "../sip/wire/NameAddress.js";
import { parseSipUri } from "../sip/wire/SipUri.js";
import { Call } from "./Call.js";
import type { CallHost } from "./CallHost.js";

/** A call of theirs: it rings until it is answered, rejected or given up. */
export class IncomingCall extends Call {
  readonly direction = "inbound";
  readonly id: string;
  readonly session: IncomingSession;
  private isAnswering = false;

  constructor(host: CallHost, transaction: ServerTransaction) {
    const { headers } = transaction.request;
    // What the gateway vouches for goes before what the caller says (RFC 3325).
    const asserted = parseNameAddress(headers.list("p-asserted-identity")[0] ?? "");
    const [from, to] = [parseNameAddress(headers.first("from") ?? ""), parseNameAddress(headers.first("to") ?? "")];
    super(host, {
      from: userOf(asserted?.uri ?? from?.uri),
      to: userOf(to?.uri),
      displayName: (asserted?.displayName || from?.displayName) ?? "",
    });
    this.id = headers.first("call-id") ?? "";
    this.session = new IncomingSession(host, this.slot, this.observer, transaction);
  }

  /**
   * Opens the microphone and takes the call; done when the other side is told.
   *
   * @throws SautikitError `call_state`, `microphone_…`, `browser_unsupported`, `media_failed`
   */
  async answer(): Promise<void> {
    if (this.session.phase !== "offered" || this.isAnswering) {
      throw new SautikitError("call_state", "This call does not ring any more.");
    }
    this.isAnswering = true;
    try {
      await this.openMedia();
      await this.session.accept();
    } catch (error) {
      // It rings on: without a microphone here, it can still be answered elsewhere, or here once it is allowed.
      if (this.session.phase !== "offered") return;
      throw SautikitError.from(error, "media_failed", "The browser cannot do what the caller offers. Reject the call.");
    } finally {
      this.isAnswering = false;
    }
  }

  /** Declines the call, for all browsers and telephones that ring; `busy` declines it for this one alone. */
  async reject(how: "decline" | "busy" = "decline"): Promise<void> {
    this.session.reject(how === "busy" ? 486 : 603);
  }
}

function userOf(uri: string | undefined): string {
  return (uri === undefined ? undefined : parseSipUri(uri)?.user) || (uri ?? "");
}
