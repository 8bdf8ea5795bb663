import type { Random } from '../../../judge/stats/random.ts';
import type { Conversation, Turn } from '../../synth/record/conversation.ts';
import { isLeak } from './leaks.ts';
import { createReservoir, type Reservoir } from './reservoir.ts';
import type { Example, Survey } from './survey.ts';

/** What is wrong with a turn: `turnFaults` of the synthesis. */
export type TurnFaults = (
  turn: Turn,
  conversation: Conversation,
) => readonly { readonly why: string; readonly layer: string }[];

export type Checks = {
  add(turn: Turn, conversation: Conversation): void;
  figures(): Survey['checks'];
};

const EXAMPLES = 3;
/** Characters of a text or plan that is shown. */
const LONGEST = 1200;

type Row = {
  readonly why: string;
  readonly layer: string;
  readonly some: Reservoir<Example>;
  turns: number;
  leaking: number;
};

/** Counts what is wrong with turns, by name and layer, with a few examples drawn by lot. */
export function createChecks(faultsOf: TurnFaults, random: Random): Checks {
  const rows = new Map<string, Row>();
  let [all, leaking, faulty] = [0, 0, 0];

  function rowOf(why: string, layer: string): Row {
    const name = `${why} ${layer}`;
    const known = rows.get(name);
    if (known) return known;
    const row = { why, layer, some: createReservoir<Example>(EXAMPLES, random), turns: 0, leaking: 0 };
    rows.set(name, row);
    return row;
  }

  return {
    add(turn, conversation) {
      all += 1;
      const faults = faultsOf(turn, conversation);
      const leaks = faults.filter((fault) => isLeak(fault, turn));
      if (leaks.length > 0) leaking += 1;
      if (leaks.length < faults.length) faulty += 1;
      // A layer may have the same fault twice: the turn counts once.
      for (const row of new Set(faults.map(({ why, layer }) => rowOf(why, layer)))) {
        row.turns += 1;
        if (isLeak(row, turn)) row.leaking += 1;
        row.some.add(() => exampleOf(turn, conversation));
      }
    },
    figures: () => ({
      leaking,
      faulty,
      rows: [...rows.values()]
        .map(({ some, ...row }) => ({ ...row, share: row.turns / all, examples: some.items() }))
        .sort((a, b) => b.leaking - a.leaking || b.turns - a.turns || (a.why < b.why ? -1 : 1)),
    }),
  };
}

function exampleOf({ id, speaker, text, plan }: Turn, conversation: Conversation): Example {
  return {
    ...{ conversation: conversation.id, turn: id, speaker, text: cut(text) },
    ...(plan === undefined ? {} : { plan: cut(plan) }),
  };
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}…` : text;
}
