import { SautikitError } from "../../errors/SautikitError.js";
import type { Cancel } from "../../time/Clock.js";
import { SipHeaders } from "../wire/SipHeaders.js";
import type { SipRequest } from "../wire/SipMessage.js";
import type { DialogLink } from "./DialogLink.js";
import { newReferral, statusOfFragment, stepReferral, type Referral, type ReferralEvent } from "./Referral.js";
import type { SessionHost } from "./SessionHost.js";

interface Waiting {
  readonly succeed: () => void;
  readonly fail: (error: SautikitError) => void;
}

/** Gives a call away, and says how that went (RFC 3515, RFC 3891). */
export class TransferDesk {
  private state: Referral | undefined;
  private waiting: Waiting | undefined;
  private cancelTimer: Cancel | undefined;
  /** The number of the REFER, by which NOTIFYs name it where a call has had several (RFC 3515 section 2.4.6). */
  private number = 0;

  constructor(private readonly host: SessionHost, private readonly link: DialogLink) {}

  /** Asks the other side to call `target`; done when that call is answered. */
  refer(target: string): Promise<void> {
    if (this.waiting) {
      return Promise.reject(new SautikitError("call_state", "This call is being transferred already. Wait for that."));
    }
    return new Promise((succeed, fail) => {
      this.waiting = { succeed, fail };
      const { state, actions } = newReferral();
      this.state = state;
      this.perform(actions);
      const headers = SipHeaders.of(
        ["Refer-To", `<${target}>`],
        ["Referred-By", `<${this.host.party.address}>`],
        ["Contact", this.host.party.contact],
      );
      this.link.request("REFER", {
        answered: ({ status }) => {
          if (status >= 300) this.step({ type: "refused", status });
          else if (status >= 200) this.step({ type: "accepted" });
        },
        failed: () => this.step({ type: "timeout" }),
      }, headers);
      this.number = this.link.value.localNumber;
    });
  }

  /** Takes a NOTIFY of the transfer. */
  notified(request: SipRequest): void {
    const id = /;\s*id\s*=\s*(\d+)/i.exec(request.headers.first("event") ?? "")?.[1];
    if (id !== undefined && Number(id) !== this.number) return;
    const status = statusOfFragment(request.body);
    const isLast = /^\s*terminated/i.test(request.headers.first("subscription-state") ?? "");
    if (status !== undefined) this.step({ type: "progress", status, isLast });
  }

  /** The call is over. */
  callEnded(): void {
    this.step({ type: "callEnded" });
  }

  private step(event: ReferralEvent): void {
    if (this.state === undefined) return;
    const step = stepReferral(this.state, event);
    this.state = step.state;
    this.perform(step.actions);
  }

  private perform(actions: ReturnType<typeof stepReferral>["actions"]): void {
    for (const action of actions) {
      if (action.type === "wait") {
        this.cancelTimer = this.host.clock.after(action.delay_ms, () => this.step({ type: "timeout" }));
        continue;
      }
      this.cancelTimer?.();
      const { waiting } = this;
      this.waiting = undefined;
      if (action.type === "succeeded") waiting?.succeed();
      else {
        const message = "The transfer did not go through; the call is still yours. Try another target.";
        waiting?.fail(new SautikitError("transfer_failed", message, { status: action.status }));
      }
    }
  }
}
