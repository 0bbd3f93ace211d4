/** Asks again and again until the answer is there, and returns it; a busy machine has time. */
export async function until(what, ask, limit_ms = 90_000) {
  const deadline = Date.now() + limit_ms;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${limit_ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
