import { createHmac, randomBytes } from "node:crypto";
import { copyFile, rename, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";

/** The files that a server's tokens are signed and read with, changed as the documentation says. */
export class SigningKeys {
  constructor(folder) {
    [this.active, this.next] = ["sip-token.key", "sip-token-next.key"].map((name) => join(folder, name));
  }

  /** Lets another key sign, and the present one verify; the new one. */
  async change() {
    const key = randomBytes(32);
    await copyFile(this.active, this.next);
    await writeFile(`${this.active}.new`, `${key.toString("hex")}\n`, { mode: 0o600 });
    await rename(`${this.active}.new`, this.active);
    return key;
  }

  forgetOld() {
    return rm(this.next);
  }
}

/** Whether a key has signed a token. */
export function isSigned(token, key) {
  const [head, claims, signature] = token.split(".");
  return createHmac("sha256", key).update(`${head}.${claims}`).digest("base64url") === signature;
}

/** What a gateway answers to a handshake with a token: its HTTP status. */
export function knock(port, token) {
  return new Promise((resolve, reject) => {
    const handshake = request({
      host: "127.0.0.1", port,
      headers: {
        connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13",
        "sec-websocket-key": randomBytes(16).toString("base64"),
        "sec-websocket-protocol": `sip, sautikit.token.${token}`,
      },
    });
    handshake.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve(response.statusCode);
    });
    handshake.on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    handshake.on("error", reject).end();
  });
}
