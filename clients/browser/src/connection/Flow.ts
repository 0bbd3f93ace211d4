import type { Cancel, Clock } from "../time/Clock.js";
import type { Dice } from "../time/Dice.js";
import { noKeepAlive, stepKeepAlive, type KeepAliveEvent } from "./KeepAlive.js";

/** What happens on a flow. */
export interface FlowObserver {
  opened(): void;
  /** A frame that is no ping or pong. */
  received(text: string): void;
  /** It was never opened, or is gone. `code` is the WebSocket's (RFC 6455 section 7.4); told once. */
  closed(code: number): void;
}

const ping = "\r\n\r\n";
const pong = "\r\n";
/** A handshake that takes longer than this has failed. */
const openingLimit_ms = 10_000;
/** More unsent than this is a flow that does not move. Bytes. */
const mostUnsent = 1_048_576;

/** One WebSocket to the gateway (RFC 7118). */
export class Flow {
  private readonly socket: WebSocket;
  private keepAlive = noKeepAlive;
  private cancelTimer: Cancel | undefined;
  private readonly cancelOpening: Cancel;
  private isDone = false;

  /**
   * @param token goes with the handshake as a second subprotocol: a page can set no header
   * @throws SyntaxError when the address is none
   */
  constructor(
    url: string,
    token: string,
    private readonly clock: Clock,
    private readonly dice: Dice,
    private readonly observer: FlowObserver,
  ) {
    this.socket = new WebSocket(url, ["sip", `sautikit.token.${token}`]);
    this.cancelOpening = clock.after(openingLimit_ms, () => this.finish(1006));
    this.socket.onopen = () => this.opened();
    this.socket.onmessage = (event) => this.heard(event.data);
    this.socket.onclose = (event) => this.finish(event.code);
  }

  /** Sends a frame, when the flow is open. */
  send(text: string): void {
    if (this.isDone || this.socket.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > mostUnsent) return this.finish(1006);
    this.socket.send(text);
  }

  /** Ends it; `closed` is not told. */
  close(): void {
    this.isDone = true;
    this.tearDown();
  }

  /** The gateway answers pings: silence after one is the end. */
  expectPongs(): void {
    this.step({ type: "promised" });
  }

  /** The network has changed: asks whether the flow still leads anywhere. */
  doubt(): void {
    this.step({ type: "doubt" });
  }

  private opened(): void {
    if (this.isDone) return;
    this.cancelOpening();
    if (this.socket.protocol !== "sip") return this.finish(1002);
    this.step({ type: "opened" });
    this.observer.opened();
  }

  private heard(data: unknown): void {
    // Binary frames are allowed (RFC 7118 section 5), but no gateway sends them to one that sends text.
    if (this.isDone || typeof data !== "string") return;
    this.step({ type: "heard", isPong: data === pong });
    if (data === ping) this.send(pong);
    else if (data !== pong) this.observer.received(data);
  }

  private step(event: KeepAliveEvent): void {
    const step = stepKeepAlive(this.keepAlive, event);
    this.keepAlive = step.state;
    for (const action of step.actions) {
      switch (action.type) {
        case "ping": this.send(ping); break;
        case "wait":
          this.cancelTimer?.();
          this.cancelTimer = this.clock.after(action.delay_ms, () =>
            this.step({ type: "timer", fraction: this.dice.fraction() }),
          );
          break;
        case "stopWaiting": this.cancelTimer?.(); break;
        case "dead": this.finish(1006); break;
      }
    }
  }

  private finish(code: number): void {
    if (this.isDone) return;
    this.isDone = true;
    this.tearDown();
    this.observer.closed(code);
  }

  private tearDown(): void {
    this.cancelOpening();
    this.cancelTimer?.();
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }
}
