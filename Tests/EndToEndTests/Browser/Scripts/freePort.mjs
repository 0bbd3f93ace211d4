import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

/** Those that were given away and may not be in use yet. */
const given = new Set();

/**
 * A port that nobody has, on TCP or UDP, and whose next one is free as well: a phone takes that for TLS. It is below
 * those that the system gives to connections as they come, and above those of the tests that this one runs beside.
 */
export async function freePort() {
  if (given.size > 600) given.clear();
  for (;;) {
    const port = 30_004 + 4 * Math.floor(Math.random() * 680);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port) && await isFree(port + 1)) return port;
  }
}

async function isFree(port) {
  const [server, socket] = [createServer(), createSocket("udp4")];
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    socket.bind(port, "127.0.0.1");
    await once(socket, "listening");
    return true;
  } catch (error) {
    if (error.code !== "EADDRINUSE") throw error;
    return false;
  } finally {
    const open = server.listening ? [server, socket] : [socket];
    await Promise.all(open.map((one) => new Promise((resolve) => one.close(resolve))));
  }
}
