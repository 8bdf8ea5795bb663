import type { Proposal } from '../../src/cast/changes/proposal.ts';
import type { Engine } from '../../src/engine/engine-api.ts';

/** Who was shown a proposal, and for which card. */
export type Whose = { readonly server: string | undefined; readonly person: string; readonly card: string };

/** What people were shown last, in memory alone, each person one; the oldest make room. */
const shown = new WeakMap<Engine, Map<string, { readonly card: string; readonly proposal: Proposal }>>();
const MOST = 200;

export function rememberShown(engine: Engine, whose: Whose, proposal: Proposal): void {
  const all = shown.get(engine) ?? new Map();
  shown.set(engine, all);
  all.delete(keyOf(whose));
  all.set(keyOf(whose), { card: whose.card, proposal });
  const [oldest] = all.keys();
  if (all.size > MOST && oldest !== undefined) all.delete(oldest);
}

/** The proposal that this person was shown last, if it was for that card; it can be taken once. */
export function takeShown(engine: Engine, whose: Whose): Proposal | undefined {
  const all = shown.get(engine);
  const last = all?.get(keyOf(whose));
  if (last?.card !== whose.card) return undefined;
  all?.delete(keyOf(whose));
  return last.proposal;
}

function keyOf({ server = '', person }: Whose): string {
  return `${server}/${person}`;
}
