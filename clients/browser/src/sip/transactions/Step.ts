/** What a state machine does with one event: its next state, and what its owner is to do. */
export interface Step<State, Action> {
  readonly state: State;
  readonly actions: readonly Action[];
}

/** A step that changes nothing and asks for nothing. */
export function stay<State>(state: State): Step<State, never> {
  return { state, actions: [] };
}
