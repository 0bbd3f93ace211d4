import type { Dice } from "../../time/Dice.js";

/** Who we are, in SIP's words. A page has no address of its own, so it invents one (RFC 7118 section 5). */
export class LocalParty {
  /** Tells the gateway that a new flow is the same browser (RFC 5626 section 4.1). */
  readonly instance: string;
  private readonly contactUser: string;
  private readonly viaHost: string;

  constructor(
    private readonly dice: Dice,
    /** The user part of our address of record. */
    readonly identity: string,
    /** The gateway, which is our domain. */
    readonly host: string,
    private readonly isSecure: boolean,
    instance = uuid(dice),
  ) {
    this.instance = instance;
    this.contactUser = instance.slice(0, 8);
    this.viaHost = `${instance.slice(-12)}.invalid`;
  }

  /** The same browser with what a new token or gateway says of it. */
  renamed(identity: string, host: string, isSecure: boolean): LocalParty {
    return new LocalParty(this.dice, identity, host, isSecure, this.instance);
  }

  /** Our address of record. */
  get address(): string {
    return `sip:${escapedUser(this.identity)}@${this.host}`;
  }

  /** A `Via` with a branch that no other request has. */
  via(): string {
    return `SIP/2.0/${this.isSecure ? "WSS" : "WS"} ${this.viaHost};branch=z9hG4bK${this.dice.word(20)}`;
  }

  /** The `Contact` of a call: `ob` asks that requests come over the flow that we call by (RFC 5626 section 4.3). */
  get contact(): string {
    return `<sip:${this.contactUser}@${this.viaHost};transport=ws;ob>`;
  }

  /** The `Contact` of a registration. */
  registeredContact(expires_s: number): string {
    const uri = `<sip:${this.contactUser}@${this.viaHost};transport=ws>`;
    return `${uri};reg-id=1;+sip.instance="<urn:uuid:${this.instance}>";expires=${expires_s}`;
  }

  /** The address of a number or of another identity at our gateway. */
  addressOf(user: string): string {
    return `sip:${escapedUser(user)}@${this.host}`;
  }
}

/** RFC 3261 section 25.1: what a user part may hold unescaped. */
function escapedUser(user: string): string {
  return encodeURIComponent(user).replace(/%(2B|24|26|2C|3B|3D|3F|2F)/g, (escape) => decodeURIComponent(escape));
}

function uuid(dice: Dice): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(dice.fraction() * 16).toString(16));
  [digits[12], digits[16]] = ["4", (8 + Math.floor(dice.fraction() * 4)).toString(16)];
  const text = digits.join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
