import { SautikitError } from "../errors/SautikitError.js";
import { Emitter, type Unsubscribe } from "../events/Emitter.js";
import { DeviceBook } from "../media/DeviceBook.js";
import { PeerMedia, type MediaObserver } from "../media/PeerMedia.js";
import { browserClock } from "../time/browserClock.js";
import { browserDice } from "../time/browserDice.js";
import { fetchToken } from "../tokens/fetchToken.js";
import type { Call } from "./Call.js";
import { CallBook } from "./CallBook.js";
import type { CallHost } from "./CallHost.js";
import type { ClientEvents } from "./ClientEvents.js";
import { checkedOptions, type ClientOptions, type FullOptions } from "./ClientOptions.js";
import { Connection } from "./Connection.js";
import { onNetworkChange } from "./networkChanges.js";
import { OutgoingCall } from "./OutgoingCall.js";

/** How a call is placed. */
export interface CallOptions {
  /** The number to show: one of your workspace's. The gateway chooses when it is left out. */
  readonly from?: string;
}

/** Places and takes calls over one connection to the platform's gateway. */
export class SautikitClient extends Emitter<ClientEvents> {
  /** Microphones and speakers. */
  readonly devices: DeviceBook;
  private readonly options: FullOptions;
  private readonly connection: Connection;
  private readonly book: CallBook;
  private stopWatching: Unsubscribe | undefined;
  private connecting: { readonly promise: Promise<void>; settle(error?: SautikitError): void } | undefined;

  /** @throws SautikitError `option_invalid` */
  constructor(options: ClientOptions) {
    super();
    this.options = checkedOptions(options);
    this.devices = new DeviceBook(this.options.audio);
    this.book = new CallBook(this.options.maxCalls, () => this.host, (call) => this.emit("incoming", call));
    this.connection = new Connection(
      this.options.gatewayUrl,
      () => fetchToken(this.options.tokenUrl, this.options.tokenRequest, browserClock),
      browserClock,
      browserDice,
      this.book,
      this.observer,
    );
  }

  /** Whether calls can be placed now. */
  get isConnected(): boolean {
    return this.connection.isReady;
  }

  /** Who the token says we are; undefined before `connect()`. */
  get identity(): string | undefined {
    return this.connection.isClosed ? undefined : this.connection.party.identity;
  }

  /** The calls that are not over, oldest first. */
  get calls(): readonly Call[] {
    return this.book.live;
  }

  /**
   * Gets a token and connects; done when calls can be placed and taken. A connection that is lost later is made again
   * until `disconnect()`.
   *
   * @throws SautikitError `token_endpoint_failed`, `token_refused`, `gateway_unknown`, `gateway_unreachable`
   */
  connect(): Promise<void> {
    if (this.connecting) return this.connecting.promise;
    if (this.connection.isReady) return Promise.resolve();
    let settle = (_error?: SautikitError): void => undefined;
    const promise = new Promise<void>((resolve, reject) => {
      settle = (error) => {
        this.connecting = undefined;
        if (error) reject(error);
        else resolve();
      };
    });
    this.connecting = { promise, settle };
    this.stopWatching ??= onNetworkChange(() => this.networkChanged());
    this.connection.connect();
    return promise;
  }

  /** Ends all calls and the connection. */
  async disconnect(): Promise<void> {
    await Promise.all(this.book.live.map((call) => call.hangup()));
    this.stopWatching?.();
    this.stopWatching = undefined;
    this.connection.disconnect();
  }

  /**
   * Calls a number, such as `+254722000001`; done when the call is on its way. How it goes, its events tell: when it is
   * refused, `ended` does, with an error.
   *
   * @throws SautikitError `not_connected`, `number_invalid`, `too_many_calls`, `microphone_…`, `media_failed`
   */
  async call(to: string, options: CallOptions = {}): Promise<Call> {
    if (!this.connection.isReady) {
      throw new SautikitError("not_connected", "There is no connection. Await connect(), or the event 'connected'.");
    }
    if (this.book.isFull) {
      throw new SautikitError("too_many_calls", `There are ${this.options.maxCalls} calls already. Hang one up first.`);
    }
    const call = new OutgoingCall(this.host, to, options.from);
    this.book.add(call);
    await call.start();
    return call;
  }

  private get host(): CallHost {
    const { connection, book, devices, options } = this;
    return {
      transactions: connection.transactions,
      clock: connection.clock,
      dice: connection.dice,
      party: connection.party,
      renewToken: () => connection.renewToken(),
      openMedia: (observer: MediaObserver) =>
        PeerMedia.open(options.iceServers ?? connection.iceServers, devices, connection.clock, observer),
      forget: (call) => book.remove(call),
    };
  }

  private networkChanged(): void {
    this.connection.networkChanged();
    this.book.networkChanged();
  }

  private get observer(): ConstructorParameters<typeof Connection>[5] {
    return {
      ready: (isFirst) => {
        if (!isFirst) this.book.flowChanged("restored");
        this.connecting?.settle();
        this.emit("connected", undefined);
      },
      lost: () => this.book.flowChanged("lost"),
      retrying: (attempt, delay_ms) => this.emit("reconnecting", { attempt, delay_ms }),
      connectFailed: (error) => {
        this.connecting?.settle(error);
        this.emit("disconnected", { error });
      },
      giveUpCalls: () => this.book.flowChanged("givenUp"),
      closed: (error) => {
        this.connecting?.settle(new SautikitError("not_connected", "disconnect() was called before it was connected."));
        this.emit("disconnected", { error });
      },
      tokenExpiring: (left_ms) => this.emit("tokenExpiring", { left_ms }),
      troubled: (error) => this.emit("error", error),
    };
  }
}
