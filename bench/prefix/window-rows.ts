import { atLeast, atMost, type Row } from '../measure/row.ts';
import { countedRow } from './counted-row.ts';
import { naiveLayout, wholeHistory } from './naive-layout.ts';
import { readPrompts } from './read-prompts.ts';
import { playScene, type RecordedScene } from './recorded-scene.ts';
import { longestOf, type Repeated, repeatedBy, shareOf, shareRead, type Why } from './repeated.ts';
import { sharedFirst } from './shared-first.ts';

/** A window, and what is to be reached in it. */
export type WindowReach = {
  readonly name: string;
  /** That a model can read. */
  readonly tokens: number;
  /** Of all prompt tokens. */
  readonly reused: number;
  /** Times that the naive layout has to read of what ours has. */
  readonly fewer: number;
};

/** What may stand behind the last line, in tokens: whose turn it is, lore, what is recalled. */
const LONGEST_TAIL = 200;

const WHYS: readonly (readonly [Why, string])[] = [
  ['lines', 'what happened since the last turn'],
  ['break', 'first prompts after the beginning changed'],
  ['tail', 'tails'],
  ['first', 'first prompts of all'],
];

/** Figures of the long scene in one window. @param whole the scene with a window that never shrinks */
export async function windowRows(whole: RecordedScene, window: WindowReach): Promise<Row[]> {
  const { name, tokens, reused, fewer } = window;
  const scene = await playScene(tokens);
  const her = await playScene(tokens, { profile: 'her' });
  for (const other of [scene, her]) assertSame(whole, other);
  const ours = repeatedBy(scene.turns);
  const director = repeatedBy(scene.director);
  // The baseline may hold as much as ours ever does.
  const turns = naiveLayout(whole.turns, longestOf(ours));
  const asked = naiveLayout(wholeHistory(whole.director), longestOf(director));
  const naive = turns.flatMap((turn, at) => [...asked.slice(at, at + 1), turn]);
  const naiveTurns = repeatedBy(turns);

  const all = {
    ours: readPrompts(scene.asked),
    naive: readPrompts(naive),
    her: readPrompts(her.asked),
    shared: readPrompts(sharedFirst(whole.asked, tokens)),
  };
  const actors = { ours: readPrompts(scene.turns), naive: readPrompts(turns) };
  const aTurn = ({ prefilled }: { readonly prefilled: number }) => prefilled / scene.turns.length;
  const share = (read: typeof all.ours) => 1 - read.prefilled / read.tokens;
  return [
    countedRow({
      measure: `reused by a prefix cache, all prompts, ${name} window`,
      ...{ unit: 'of tokens', value: share(all.ours), beside: share(all.naive) },
      ...{ reach: atLeast(reused), reachOf: 'value' },
    }),
    countedRow({
      measure: `prefilled a turn, all prompts, ${name} window (times fewer than the naive layout)`,
      ...{ unit: 'tokens', value: aTurn(all.ours), beside: aTurn(all.naive) },
      ...{ ratio: 'times fewer', reach: atLeast(fewer, 'times fewer') },
    }),
    countedRow({
      measure: `prefilled a turn, actors alone, ${name} window (times fewer than the naive layout)`,
      ...{ unit: 'tokens', value: aTurn(actors.ours), beside: aTurn(actors.naive), ratio: 'times fewer' },
    }),
    countedRow({
      measure: `prefilled a turn, all prompts, ${name} window, beside the reference layout with our window`,
      ...{ unit: 'tokens', value: aTurn(all.ours), beside: aTurn(all.her) },
    }),
    countedRow({
      measure: `prefilled a turn, all prompts, ${name} window, beside one transcript first`,
      ...{ unit: 'tokens', value: aTurn(all.ours), beside: aTurn(all.shared) },
    }),
    repeatedRow(`actors, ${name} window`, shareOf(ours), shareOf(naiveTurns)),
    ...WHYS.map(([why, words]) =>
      countedRow({
        measure: `not repeated, actors, ${name} window: ${words}`,
        ...{ unit: 'of tokens', value: shareRead(ours, why), beside: shareRead(naiveTurns, why) },
      }),
    ),
    countedRow({
      measure: `longest tail of a prompt, ${name} window`,
      ...{ unit: 'tokens', value: Math.max(...ours.map(({ tail }) => tail)), reach: atMost(LONGEST_TAIL) },
    }),
    ...ours.map((one) => {
      const other = naiveTurns.filter(({ who }) => who === one.who);
      return repeatedRow(`${one.who}, ${name} window: ${wordsFor(one)}`, shareOf([one]), shareOf(other));
    }),
    ...director.map((one) => repeatedRow(`${one.who}, ${name} window: ${wordsFor(one)}`, shareOf([one]))),
  ];
}

function assertSame(one: RecordedScene, other: RecordedScene): void {
  if (other.turns.some(({ who }, turn) => who !== one.turns[turn]?.who)) {
    throw new Error('the scenes are not the same: a window or a layout has changed who speaks');
  }
}

function wordsFor({ prompts, longest, breaks }: Repeated): string {
  return `${prompts} prompts, up to ${longest} tokens; window shrunk ${breaks} ×`;
}

function repeatedRow(measure: string, value: number, beside?: number): Row {
  return countedRow({
    measure: `repeats the same reader’s previous prompt, ${measure}`,
    ...{ unit: 'of tokens', value },
    ...(beside === undefined ? {} : { beside }),
  });
}
