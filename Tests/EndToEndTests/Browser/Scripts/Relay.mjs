import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Stands between a browser and its gateway, and can be cut: what a network does that changes or goes away. */
export class Relay {
  #server;
  #sockets = new Set();
  isOpen = true;
  /** How often a browser came. */
  connections = 0;

  async start(port) {
    this.#server = createServer((near) => {
      if (!this.isOpen) return near.destroy();
      this.connections += 1;
      const far = connect(port, "127.0.0.1");
      for (const [one, other] of [[near, far], [far, near]]) {
        this.#sockets.add(one);
        one.on("error", () => other.destroy()).on("close", () => { this.#sockets.delete(one); other.destroy(); });
        one.pipe(other);
      }
    }).listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.port = this.#server.address().port;
  }

  /** Ends what goes through it. */
  cut() {
    for (const socket of this.#sockets) socket.destroy();
  }

  stop() {
    this.cut();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}
