import type { Clock } from "../../time/Clock.js";
import type { Dice } from "../../time/Dice.js";
import type { LocalParty } from "../agent/LocalParty.js";
import type { TransactionLayer } from "../agent/TransactionLayer.js";

/** What a call needs of the client that it belongs to. */
export interface SessionHost {
  readonly transactions: TransactionLayer;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly party: LocalParty;
  /** Fetches a new token and registers with it. */
  renewToken(): Promise<void>;
}
