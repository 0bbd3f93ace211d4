/** The parameters after the first semicolon: `;lr;tag="a b"`. Names are in lower case; one without a value has "". */
export function parseParameters(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(/;\s*([^\s;=]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^\s;]*))?/g)) {
    const value = match[2] ?? "";
    const plain = value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
    if (match[1] !== undefined) found.set(match[1].toLowerCase(), plain);
  }
  return found;
}
