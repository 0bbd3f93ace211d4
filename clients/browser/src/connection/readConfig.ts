import { SautikitError } from "../errors/SautikitError.js";

/**
 * Reads a JSON file of the platform.
 *
 * @throws SautikitError `gateway_unknown`
 */
export async function readConfig(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { credentials: "omit", cache: "no-store" });
    if (response.ok) return (await response.json()) as unknown;
    throw new Error(`HTTP ${response.status}`);
  } catch (error) {
    const message = `${url} could not be read, which says where the gateway is. Give the option 'gatewayUrl'.`;
    throw new SautikitError("gateway_unknown", message, { cause: error });
  }
}
