import type { Dispatch } from './dispatch.ts';

type Reordering = {
  readonly dispatch: (event: Dispatch) => void;
  readonly hold: () => void;
  readonly release: (reorder?: (held: readonly Dispatch[]) => readonly Dispatch[]) => void;
  readonly repeat: (t: string) => void;
};

/** Stands between the events and the sessions, to delay, shuffle or repeat them: Discord promises no order. */
export function createReordering(deliver: (event: Dispatch) => void): Reordering {
  const newest = new Map<string, Dispatch>();
  let held: Dispatch[] | null = null;

  function pass(event: Dispatch): void {
    newest.set(event.t, event);
    deliver(event);
  }

  return {
    dispatch(event) {
      if (held) held.push(event);
      else pass(event);
    },
    hold() {
      held ??= [];
    },
    release(reorder = (events) => events) {
      const events = held ?? [];
      held = null;
      for (const event of reorder(events)) pass(event);
    },
    repeat(t) {
      const event = newest.get(t);
      if (!event) throw new Error(`There has been no ${t} to repeat.`);
      deliver(event);
    },
  };
}
