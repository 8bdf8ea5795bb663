import { parseTurn } from '../../format/turn-parser.ts';
import { understudyNarration, understudyTurn } from '../../performer/understudy/understudy.ts';
import type { Actor } from '../../scene/beat.ts';
import { cardOf } from '../card-of.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import { knownTo, userName } from '../user-name.ts';
import { reportOf } from './draft-report.ts';
import type { MadeTurn, TurnOptions } from './made-turn.ts';
import type { Choice } from './scripted-choice.ts';
import { parserFor } from './turn-parser-options.ts';

/** Stands for the model where none wrote a turn. */
export const SCRIPT = 'script';

/** The understudy's turn, at reading speed where the scene has one. */
export async function scriptedTurn(
  live: LiveScene,
  making: Making,
  actor: Actor,
  choice: Choice & { readonly type: 'speak' },
  options: TurnOptions,
): Promise<MadeTurn | undefined> {
  if (live.record.pace === 'reading') {
    await options.clock.sleep(readingTime(live), making.controller.signal);
  }
  return understudied(live, making, actor, choice, options);
}

/** The understudy's turn at once; it goes through the same parser as a model's. */
export function understudied(
  live: LiveScene,
  making: Making,
  actor: Actor,
  choice: Choice & { readonly type: 'speak' },
  options: TurnOptions,
): MadeTurn | undefined {
  const { state, record } = live;
  const character = cardOf(options.library, actor.id);
  const view = live.minds.people.get(actor.id);
  const user = userName(live, knownTo(live, actor.id));
  const text =
    choice.scripted?.text ??
    (character && view
      ? understudyTurn({ character, view, seed: record.seed, beats: state.beats, user })
      : understudyNarration(record.seed, state.beats));
  const turn = parseTurn(text, parserFor(live, actor, options.library, undefined));
  options.onDraft(reportOf(live, making, actor, choice.why, turn, 1, options.tracing, undefined));
  if (!turn.usable) return undefined;
  return {
    turn,
    made: { by: SCRIPT, why: choice.why, attempts: 1 },
    ...(choice.scripted ? { cue: choice.scripted.cue } : {}),
  };
}

// Reading speed of a grown-up, with a little air; nobody waits longer than three seconds.
const MS_PER_CHAR = 18;
const SHORTEST_PAUSE = 400;
const LONGEST_PAUSE = 3000;

function readingTime(live: LiveScene): number {
  const last = live.minds.place(live.state.place).director.entries.at(-1);
  if (!last || last.kind === 'entrance' || last.kind === 'setting') return SHORTEST_PAUSE;
  const chars = last.segments.reduce((sum, segment) => sum + segment.text.length, 0);
  return Math.min(LONGEST_PAUSE, Math.max(SHORTEST_PAUSE * 3, chars * MS_PER_CHAR));
}
