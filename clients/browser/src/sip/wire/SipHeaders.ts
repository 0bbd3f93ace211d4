import { splitList } from "./splitList.js";

type Field = readonly [name: string, value: string];

/** RFC 3261 section 7.3.3, and the compact names of later documents. */
const compactNames: Readonly<Record<string, string>> = {
  b: "referred-by", c: "content-type", e: "content-encoding", f: "from", i: "call-id", k: "supported",
  l: "content-length", m: "contact", o: "event", r: "refer-to", s: "subject", t: "to", u: "allow-events", v: "via",
};

/** The header fields of a message, in their order. Names are compared without regard to case or compact form. */
export class SipHeaders {
  private constructor(readonly fields: readonly Field[]) {}

  static readonly none = new SipHeaders([]);

  static of(...fields: readonly Field[]): SipHeaders {
    return new SipHeaders(fields);
  }

  /** The same fields and one more at the end. */
  with(name: string, value: string): SipHeaders {
    return new SipHeaders([...this.fields, [name, value]]);
  }

  /** The same fields and others at the end. */
  and(others: SipHeaders): SipHeaders {
    return new SipHeaders([...this.fields, ...others.fields]);
  }

  /** The value of the first field of this name. */
  first(name: string): string | undefined {
    return this.fields.find(([own]) => canonical(own) === canonical(name))?.[1];
  }

  /** The values of all fields of this name, one for each field. */
  all(name: string): string[] {
    return this.fields.filter(([own]) => canonical(own) === canonical(name)).map(([, value]) => value);
  }

  /** The values of all fields of this name, with those that commas separate apart. */
  list(name: string): string[] {
    return this.all(name).flatMap(splitList);
  }

  /** The number that a field holds. */
  integer(name: string): number | undefined {
    const text = /^\s*(\d{1,10})\s*(?:$|[;(])/.exec(this.first(name) ?? "")?.[1];
    return text === undefined ? undefined : Number(text);
  }

  /** Whether a list such as `Require` names `option`. */
  names(list: string, option: string): boolean {
    return this.list(list).some((entry) => entry.toLowerCase() === option);
  }
}

function canonical(name: string): string {
  const lower = name.toLowerCase();
  return compactNames[lower] ?? lower;
}
