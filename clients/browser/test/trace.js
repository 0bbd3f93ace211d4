import assert from "node:assert/strict";

/** Feeds events to a state machine and compares what it asks for, event by event, by the actions' types. */
export function trace(step, state, ...expected) {
  for (const [event, ...actions] of expected) {
    const next = step(state, event);
    assert.deepEqual(next.actions.map(({ type }) => type), actions, `after ${JSON.stringify(event)}`);
    state = next.state;
  }
  return state;
}
