/** The parts of a header value that commas separate; commas in quotes or angle brackets separate nothing. */
export function splitList(value: string): string[] {
  const parts: string[] = [];
  let [start, quoted, bracketed] = [0, false, false];
  for (let index = 0; index < value.length; index += 1) {
    const character = value[index];
    if (quoted && character === "\\") index += 1;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === "<") bracketed = true;
    else if (character === ">") bracketed = false;
    else if (character === "," && !bracketed) {
      parts.push(value.slice(start, index).trim());
      start = index + 1;
    }
  }
  parts.push(value.slice(start).trim());
  return parts.filter((part) => part !== "");
}
