import { SautikitError } from "../errors/SautikitError.js";
import { parseSipUri } from "../sip/wire/SipUri.js";

/**
 * The SIP address of a number, or of a `sip:` URI as it is.
 *
 * @param addressOf makes an address at our gateway
 * @throws SautikitError `number_invalid`
 */
export function calledAddress(text: string, addressOf: (user: string) => string): string {
  if (/^sips?:/i.test(text) && !/[\s<>"]/.test(text) && text.length <= 255 && parseSipUri(text)?.host) return text;
  const number = text.replace(/[\s().-]/g, "");
  if (/^\+?[0-9*#]{2,20}$/.test(number)) return addressOf(number);
  throw new SautikitError("number_invalid", `'${text.slice(0, 40)}' is no number. Write it as +254712345678.`);
}
