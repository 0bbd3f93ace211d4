import { Flow } from "../connection/Flow.js";
import { gatewayOf } from "../connection/gatewayOf.js";
import { readConfig } from "../connection/readConfig.js";
import { disconnected, stepReconnection, type ReconnectionEvent } from "../connection/Reconnection.js";
import { Registrar } from "../connection/Registrar.js";
import { scriptOrigin } from "../connection/scriptOrigin.js";
import { SautikitError } from "../errors/SautikitError.js";
import { LocalParty } from "../sip/agent/LocalParty.js";
import type { SipWire } from "../sip/agent/SipWire.js";
import { TransactionLayer, type RequestHandler } from "../sip/agent/TransactionLayer.js";
import type { SessionHost } from "../sip/calls/SessionHost.js";
import { formatSipMessage } from "../sip/wire/formatSipMessage.js";
import { parseSipMessage } from "../sip/wire/parseSipMessage.js";
import type { SipMessage } from "../sip/wire/SipMessage.js";
import type { Cancel, Clock } from "../time/Clock.js";
import type { Dice } from "../time/Dice.js";
import type { Token } from "../tokens/Token.js";
import { TokenKeeper } from "../tokens/TokenKeeper.js";

/** Who is told how the connection is. */
export interface ConnectionObserver {
  ready(isFirst: boolean): void;
  lost(): void;
  retrying(attempt: number, delay_ms: number): void;
  /** The first connection failed. */
  connectFailed(error: SautikitError): void;
  /** Calls have waited for long enough. */
  giveUpCalls(): void;
  closed(error: SautikitError | undefined): void;
  tokenExpiring(left_ms: number): void;
  troubled(error: SautikitError): void;
}

/** Codes by which a gateway says that it closes for good: our token, our page, our address. */
const refusalCodes = [1008, 4401, 4403];

/** The way to the gateway: token, WebSocket and registration, and all of them again when it is lost. */
export class Connection implements SessionHost, SipWire {
  readonly transactions: TransactionLayer;
  private state = disconnected;
  private flow: Flow | undefined;
  private registrar: Registrar;
  private readonly keeper: TokenKeeper;
  private currentParty: LocalParty;
  private cancelWait: Cancel | undefined;
  private cancelPatience: Cancel | undefined;
  private error: SautikitError | undefined;
  /** Counts attempts: what belongs to an older one is not heard. */
  private attempt = 0;
  private readonly awaitingRenewal: { readonly resolve: () => void; readonly reject: (error: unknown) => void }[] = [];

  constructor(
    private readonly gatewayUrl: string | undefined,
    fetchToken: () => Promise<Token>,
    readonly clock: Clock,
    readonly dice: Dice,
    requests: RequestHandler,
    private readonly observer: ConnectionObserver,
  ) {
    this.transactions = new TransactionLayer(this, clock, requests);
    this.currentParty = new LocalParty(dice, "anonymous", "anonymous.invalid", true);
    this.registrar = this.newRegistrar();
    this.keeper = new TokenKeeper(fetchToken, clock, {
      expiring: (left_ms) => observer.tokenExpiring(left_ms),
      renewed: (token) => this.registrar.renewed(token.text),
      renewalFailed: (error) => observer.troubled(error),
    });
  }

  get party(): LocalParty {
    return this.currentParty;
  }

  get isReady(): boolean {
    return this.state.phase === "ready";
  }

  get isClosed(): boolean {
    return this.state.phase === "closed";
  }

  /** The servers that the token came with. */
  get iceServers(): readonly RTCIceServer[] {
    return this.keeper.last?.iceServers ?? [];
  }

  connect(): void {
    this.error = undefined;
    this.step({ type: "connect" });
  }

  disconnect(error?: SautikitError): void {
    this.error = error;
    this.step({ type: "disconnect" });
  }

  /** The machine has a network again, or another one. */
  networkChanged(): void {
    this.flow?.doubt();
    this.step({ type: "online" });
  }

  send(message: SipMessage): void {
    this.flow?.send(formatSipMessage(message));
  }

  async renewToken(): Promise<void> {
    const token = await this.keeper.current(true);
    const registered = new Promise<void>((resolve, reject) => this.awaitingRenewal.push({ resolve, reject }));
    this.registrar.renewed(token.text);
    await registered;
  }

  private step(event: ReconnectionEvent): void {
    const step = stepReconnection(this.state, event);
    this.state = step.state;
    for (const action of step.actions) {
      switch (action.type) {
        case "open": void this.open(action.isFresh); break;
        case "register": this.registrar.start(this.keeper.last?.text ?? ""); break;
        case "unregister": this.registrar.stop(); break;
        case "close": this.close(); break;
        case "wait": this.cancelWait = this.clock.after(action.delay_ms, () => this.step({ type: "timer" })); break;
        case "stopWaiting": this.cancelWait?.(); break;
        case "startPatience":
          this.cancelPatience = this.clock.after(action.delay_ms, () => this.step({ type: "patienceOver" }));
          break;
        case "stopPatience": this.cancelPatience?.(); break;
        case "ready": this.observer.ready(action.isFirst); break;
        case "lost": this.observer.lost(); break;
        case "retrying": this.observer.retrying(action.attempt, action.delay_ms); break;
        case "connectFailed":
          this.keeper.stop();
          this.observer.connectFailed(this.error ?? unreachable());
          break;
        case "giveUpCalls": this.observer.giveUpCalls(); break;
        case "closed":
          this.keeper.stop();
          this.observer.closed(this.error);
          break;
      }
    }
  }

  private async open(isFresh: boolean): Promise<void> {
    this.attempt += 1;
    const { attempt } = this;
    try {
      const token = await this.keeper.current(isFresh);
      const hints = { option: this.gatewayUrl, answered: token.gatewayUrl, origin: scriptOrigin };
      const gateway = await gatewayOf(hints, readConfig);
      if (attempt !== this.attempt || this.state.phase !== "opening") return;
      this.currentParty = this.currentParty.renamed(token.identity, gateway.hostname, gateway.protocol === "wss:");
      this.flow = new Flow(gateway.href, token.text, this.clock, this.dice, {
        opened: () => this.step({ type: "opened" }),
        received: (text) => this.received(text),
        closed: (code) => this.flowClosed(code),
      });
    } catch (error) {
      if (attempt !== this.attempt) return;
      this.failed(SautikitError.from(error, "gateway_unreachable", unreachable().message));
    }
  }

  private received(text: string): void {
    const message = parseSipMessage(text);
    // What is no SIP is dropped: a gateway that sends it would not understand an answer either.
    if (message) this.transactions.receive(message);
  }

  private flowClosed(code: number): void {
    const message = "The gateway refused the token. Check that tokenUrl answers new ones of this platform.";
    this.failed(refusalCodes.includes(code) ? new SautikitError("token_refused", message) : unreachable());
  }

  private failed(error: SautikitError): void {
    this.error = error;
    if (error.code !== "gateway_unreachable" && !this.state.isFirst) this.observer.troubled(error);
    this.step({ type: "failed", fraction: this.dice.fraction() });
  }

  private close(): void {
    this.registrar.flowLost();
    this.flow?.close();
    this.flow = undefined;
    this.transactions.flowLost();
    this.settleRenewals(new SautikitError("connection_lost", "The connection to the gateway was lost. Try again."));
  }

  private newRegistrar(): Registrar {
    return new Registrar(this, {
      registered: (answersPings) => {
        if (answersPings) this.flow?.expectPongs();
        this.settleRenewals(undefined);
        this.step({ type: "registered" });
      },
      refused: (status) => this.refused(status),
      failed: (status) => this.registrationFailed(status),
      wantsToken: () => void this.renewForRegistrar(),
      removed: () => undefined,
    });
  }

  private refused(status: number): void {
    const message = "The gateway refused the token. Check that tokenUrl answers new ones of this platform.";
    const error = new SautikitError("token_refused", message, { status });
    this.settleRenewals(error);
    // While a call goes on, the flow is kept: a session whose token has expired keeps its call.
    if (this.state.phase === "ready") return this.observer.troubled(error);
    this.failed(error);
  }

  private registrationFailed(status: number): void {
    const message = "The gateway does not register us now; it is tried again.";
    const error = new SautikitError("gateway_unreachable", message, { status });
    if (this.state.phase === "ready") this.observer.troubled(error);
    else this.failed(error);
  }

  private async renewForRegistrar(): Promise<void> {
    try {
      this.registrar.renewed((await this.keeper.current(true)).text);
    } catch (error) {
      const told = SautikitError.from(error, "token_endpoint_failed", "tokenUrl gave no token. Check your server.");
      // What is up stays up: the next renewal may get one.
      if (this.state.phase === "ready") this.observer.troubled(told);
      else this.failed(told);
    }
  }

  private settleRenewals(error: SautikitError | undefined): void {
    for (const waiting of this.awaitingRenewal.splice(0)) error ? waiting.reject(error) : waiting.resolve();
  }
}

function unreachable(): SautikitError {
  return new SautikitError(
    "gateway_unreachable",
    "The gateway cannot be reached, or refused the token. Check the network, 'gatewayUrl' and what tokenUrl answers.",
  );
}
