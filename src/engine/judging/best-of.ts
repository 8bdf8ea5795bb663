import type { Rules } from '../../config/room-settings.ts';
import { type Message, say } from '../../words/text.ts';
import { steadyOf } from '../clock.ts';
import { type EngineRoom, tell } from '../engine-room.ts';
import type { LiveScene, Making } from '../live-scene.ts';
import type { Models } from '../models.ts';

/** For so long nobody asks a judge again that did not answer, nor drafts what it would have to compare. */
const REST_MS = 60_000;

/** Scenes whose people know that nobody judges there, and when their judge last did not answer. */
const told = new WeakSet<LiveScene>();
const silent = new WeakMap<LiveScene, number>();

/** So many candidates are drafted of a character's turn: one, unless more are wanted and a judge is there to choose. */
export function bestOfHere({ bestOf }: Rules, { actor, judge }: Models): number {
  return actor && judge ? bestOf : 1;
}

/**
 * The same for the turn that is being made. A swipe is one draft: whoever asks for it chooses. Where a
 * judge is wanted and none plays, those who can mend it are told so, once a scene.
 */
export async function draftsFor(
  room: EngineRoom,
  live: LiveScene,
  { instead }: Pick<Making, 'instead'>,
  rules: Rules,
  models: Models,
): Promise<number> {
  if (instead !== undefined || rules.bestOf === 1 || !models.actor) return 1;
  if (!models.judge) {
    const count = rules.bestOf;
    await tellOnce(
      room,
      live,
      say(
        'bestOf is {{count}} here, but no model plays the judge, so each turn is drafted once. The operator sets one with MODEL_JUDGE.',
        { count },
      ),
    );
  }
  const since = steadyOf(room.clock) - (silent.get(live) ?? Number.NEGATIVE_INFINITY);
  return since < REST_MS ? 1 : bestOfHere(rules, models);
}

/** Of a scene’s judge: whether it answered this time. */
export async function noteJudge(
  room: EngineRoom,
  live: LiveScene,
  model: string,
  answers: boolean,
): Promise<void> {
  if (answers) {
    silent.delete(live);
    told.delete(live);
    return;
  }
  silent.set(live, steadyOf(room.clock));
  await tellOnce(
    room,
    live,
    say('The judge ({{model}}) does not answer. Until it does, turns are drafted once.', { model }),
  );
}

async function tellOnce(room: EngineRoom, live: LiveScene, text: Message): Promise<void> {
  const { record } = live;
  if (told.has(live)) return;
  told.add(live);
  room.log.warn('no-judge', { scene: record.id });
  room.audit.note(record.server, { kind: 'failed', text, scene: record.id });
  // Whoever sits at a local stage is the one who can mend it.
  if (record.stage !== 'discord') await tell(room, live, { kind: 'info', text });
}
