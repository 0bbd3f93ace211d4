import { SautikitError } from "../errors/SautikitError.js";
import type { Cancel, Clock } from "../time/Clock.js";
import { isUsable, renewalDelay_ms, retryDelay_ms } from "./renewal.js";
import type { Token } from "./Token.js";

/** Who is told of tokens. */
export interface TokenObserver {
  /** A token is about to be renewed; it is good for this much longer. */
  expiring(left_ms: number): void;
  /** There is a new one, and nobody has asked for it. */
  renewed(token: Token): void;
  /** It could not be renewed; it is tried again. */
  renewalFailed(error: SautikitError): void;
}

/** Has a token that is good, and gets the next one in time. */
export class TokenKeeper {
  private token: Token | undefined;
  private fetchedAt_ms = 0;
  private failures = 0;
  private cancelTimer: Cancel | undefined;
  private fetching: Promise<Token> | undefined;

  constructor(
    private readonly fetch: () => Promise<Token>,
    private readonly clock: Clock,
    private readonly observer: TokenObserver,
  ) {}

  /** The token that is there, if it is still good; else, or when it must be `isFresh`, a new one. */
  async current(isFresh: boolean): Promise<Token> {
    const age_ms = this.clock.now() - this.fetchedAt_ms;
    if (!isFresh && this.token && isUsable(this.token.life_ms, age_ms)) return this.token;
    return this.next();
  }

  /** The token as it was last fetched. */
  get last(): Token | undefined {
    return this.token;
  }

  /** Ends the renewing; `current` begins it again. */
  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private next(): Promise<Token> {
    // Who asks while one is on its way gets that one.
    this.fetching ??= this.fetch()
      .then((token) => this.keep(token))
      .finally(() => {
        this.fetching = undefined;
      });
    return this.fetching;
  }

  private keep(token: Token): Token {
    this.token = token;
    this.fetchedAt_ms = this.clock.now();
    this.failures = 0;
    this.schedule(renewalDelay_ms(token.life_ms));
    return token;
  }

  private schedule(delay_ms: number): void {
    this.cancelTimer?.();
    this.cancelTimer = this.clock.after(delay_ms, () => void this.renew());
  }

  private async renew(): Promise<void> {
    const left_ms = this.fetchedAt_ms + (this.token?.life_ms ?? 0) - this.clock.now();
    this.observer.expiring(Math.max(0, left_ms));
    try {
      this.observer.renewed(await this.next());
    } catch (error) {
      this.failures += 1;
      this.schedule(retryDelay_ms(this.failures));
      this.observer.renewalFailed(
        SautikitError.from(error, "token_endpoint_failed", "tokenUrl gave no token. Check that your server is up."),
      );
    }
  }
}
