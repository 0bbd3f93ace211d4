import { SautikitError } from "../errors/SautikitError.js";
import { parseSipUri } from "../sip/wire/SipUri.js";

/**
 * The SIP address of a number, of a colleague's name (a token's identity, or a telephone's user name), or of a `sip:`
 * URI as it is.
 *
 * @param addressOf makes an address at our gateway
 * @throws SautikitError `number_invalid`
 */
export function calledAddress(text: string, addressOf: (user: string) => string): string {
  if (/^sips?:/i.test(text) && !/[\s<>"]/.test(text) && text.length <= 255 && parseSipUri(text)?.host) return text;
  const number = text.replace(/[\s().-]/g, "");
  if (/^\+?[0-9*#]{2,20}$/.test(number)) return addressOf(number);
  if (/^(?=.*[a-z._-])[a-z0-9._-]{1,64}$/i.test(text)) return addressOf(text);
  const start = text.slice(0, 40);
  throw new SautikitError("number_invalid", `'${start}' is no number and no name. Write a number as +254712345678.`);
}
