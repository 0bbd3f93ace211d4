/** What stops a listener that was added. */
export type Unsubscribe = () => void;

type Listener<T> = (detail: T) => void;

/** Events by name, each with a detail of its own type. */
export class Emitter<Events extends object> {
  private readonly listeners = new Map<keyof Events, Set<Listener<never>>>();

  /** Calls `listener` each time `name` happens, until what is returned is called. */
  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): Unsubscribe {
    const set = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, set.add(listener as Listener<never>));
    return () => this.off(name, listener);
  }

  /** Calls `listener` the next time only. */
  once<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): Unsubscribe {
    const stop = this.on(name, (detail) => {
      stop();
      listener(detail);
    });
    return stop;
  }

  /** Forgets a listener. */
  off<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): void {
    this.listeners.get(name)?.delete(listener as Listener<never>);
  }

  /** Whether anybody listens: what is costly to find out is only found out for somebody. */
  protected hasListener(name: keyof Events): boolean {
    return (this.listeners.get(name)?.size ?? 0) > 0;
  }

  protected emit<Name extends keyof Events>(name: Name, detail: Events[Name]): void {
    for (const listener of [...(this.listeners.get(name) ?? [])]) {
      try {
        (listener as Listener<Events[Name]>)(detail);
      } catch (error) {
        // A page's mistake must neither end the call nor be hidden: it goes where uncaught errors go.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
