import type { Cancel } from "../time/Clock.js";
import type { SessionHost } from "../sip/calls/SessionHost.js";
import { userAgent } from "../sip/calls/callHeaders.js";
import { newRegistration, stepRegistration, type RegistrationEvent } from "../sip/registration/Registration.js";
import { parseNameAddress } from "../sip/wire/NameAddress.js";
import { SipHeaders } from "../sip/wire/SipHeaders.js";
import type { SipRequest, SipResponse } from "../sip/wire/SipMessage.js";

/** Who is told of the registration. */
export interface RegistrarObserver {
  registered(answersPings: boolean): void;
  /** The gateway refuses our token, even a new one. */
  refused(status: number): void;
  /** It does not serve us now; it is tried again. */
  failed(status: number): void;
  /** A new token is needed; `renewed` or a lost flow follows. */
  wantsToken(): void;
  removed(): void;
}

/** Does what `Registration` asks: shows our token to the gateway and stays registered. */
export class Registrar {
  private state = newRegistration();
  private token = "";
  private number = 0;
  private readonly callId: string;
  private readonly tag: string;
  private cancelTimer: Cancel | undefined;
  private answersPings = false;

  constructor(private readonly host: SessionHost, private readonly observer: RegistrarObserver) {
    this.callId = host.dice.word(24);
    this.tag = host.dice.word(10);
  }

  /** Registers over a new flow: same instance, same `reg-id`, so the gateway replaces the old one. */
  start(token: string): void {
    this.token = token;
    this.step({ type: "start" });
  }

  /** Shows a new token. */
  renewed(token: string): void {
    this.token = token;
    this.step({ type: "token" });
  }

  flowLost(): void {
    this.step({ type: "flowLost" });
  }

  /** Tells the gateway that we go. */
  stop(): void {
    this.step({ type: "stop" });
  }

  private step(event: RegistrationEvent): void {
    const step = stepRegistration(this.state, event);
    this.state = step.state;
    for (const action of step.actions) {
      switch (action.type) {
        case "send": this.send(action.expires_s); break;
        case "wait":
          this.cancelTimer?.();
          this.cancelTimer = this.host.clock.after(action.delay_ms, () => this.step({ type: "timer" }));
          break;
        case "stopWaiting": this.cancelTimer?.(); break;
        case "fetchToken": this.observer.wantsToken(); break;
        case "registered": this.observer.registered(this.answersPings); break;
        case "refused": this.observer.refused(action.status); break;
        case "failed": this.observer.failed(action.status); break;
        case "removed": this.observer.removed(); break;
      }
    }
  }

  private send(expires_s: number): void {
    this.host.transactions.request(this.request(expires_s), {
      answered: (response) => this.answered(response),
      // A lost flow is told by whoever has it.
      failed: (cause) => cause === "timeout" && this.step({ type: "timeout" }),
    });
  }

  private request(expires_s: number): SipRequest {
    this.number += 1;
    const { party } = this.host;
    const headers = SipHeaders.of(
      ["Via", party.via()],
      ["Max-Forwards", "70"],
      ["From", `<${party.address}>;tag=${this.tag}`],
      ["To", `<${party.address}>`],
      ["Call-ID", this.callId],
      ["CSeq", `${this.number} REGISTER`],
      ["Contact", party.registeredContact(expires_s)],
      ["Supported", "outbound, path"],
      ["Authorization", `Bearer ${this.token}`],
      ["User-Agent", userAgent],
    );
    return { kind: "request", method: "REGISTER", uri: `sip:${party.host}`, headers, body: "" };
  }

  private answered(response: SipResponse): void {
    if (response.status < 200) return;
    const { headers, status } = response;
    this.answersPings = headers.first("flow-timer") !== undefined || headers.names("require", "outbound");
    const expires_s = status === 423 ? headers.integer("min-expires") : this.granted(headers);
    this.step({ type: "answer", answer: { status, expires_s, retryAfter_s: headers.integer("retry-after") } });
  }

  /** What is granted to us: other browsers of the same identity are in the answer, too. */
  private granted(headers: SipHeaders): number | undefined {
    const own = headers.list("contact").map(parseNameAddress).find(
      (contact) => contact?.parameters.get("+sip.instance")?.includes(this.host.party.instance),
    );
    const expires_s = Number(own?.parameters.get("expires") ?? headers.integer("expires"));
    return Number.isInteger(expires_s) && expires_s > 0 ? expires_s : undefined;
  }
}
