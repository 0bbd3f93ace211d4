/** A call that is over, as the list has it. */
export interface PastCall {
  readonly number: string;
  readonly direction: "outbound" | "inbound";
  readonly at_ms: number;
  /** How long the two talked; undefined when it was not answered. */
  readonly talk_ms: number | undefined;
  readonly ending: string;
}

/** Older calls are forgotten. */
const most = 50;
const place = "sautikit-phone-calls";

/** The calls of this browser, newest first. They stay here: the platform has its own list. */
export class CallHistory {
  private calls: readonly PastCall[] = read();

  get list(): readonly PastCall[] {
    return this.calls;
  }

  add(call: PastCall): void {
    this.calls = [call, ...this.calls].slice(0, most);
    this.keep();
  }

  clear(): void {
    this.calls = [];
    this.keep();
  }

  private keep(): void {
    try {
      localStorage.setItem(place, JSON.stringify(this.calls));
    } catch {
      // A page without storage, in a private window, say, has its list until it is closed.
    }
  }
}

function read(): PastCall[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(list) ? list.filter(isPastCall).slice(0, most) : [];
  } catch {
    return [];
  }
}

function isPastCall(value: unknown): value is PastCall {
  const { number, at_ms, ending } = (value ?? {}) as Partial<Record<keyof PastCall, unknown>>;
  return typeof number === "string" && typeof at_ms === "number" && typeof ending === "string";
}
