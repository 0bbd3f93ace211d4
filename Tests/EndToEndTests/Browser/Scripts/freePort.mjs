import { once } from "node:events";
import { createServer } from "node:net";

/** A TCP port that nobody has, and, as ports go, nobody is likely to take on UDP either. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
