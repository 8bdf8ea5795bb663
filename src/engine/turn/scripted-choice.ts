import type { Library } from '../../cast/library/library-api.ts';
import type { SceneScript } from '../../cast/scene-script.ts';
import type { Decision, Rest } from '../../director/floor.ts';
import { chipsAt, leadTo, nextStep } from '../../performer/understudy/script-place.ts';
import { characterActorId, ENVIRONMENT } from '../../scene/beat.ts';
import { pick } from '../../scene/chance.ts';
import type { Talk } from '../../scene/talk.ts';
import type { LiveScene } from '../live-scene.ts';

/** A decision; `cue` and `text` where it is a step of the understudy's script. */
export type Choice = Decision & { readonly scripted?: { readonly cue: string; readonly text: string } };

/** The next step of the understudy's script. */
export function scriptedChoice(live: LiveScene, script: SceneScript, library: Library): Choice | undefined {
  const next = nextStep(script, live.state.cue);
  if (!next) return live.record.turns === undefined ? undefined : guestChoice(live, script);
  const { step, cue } = next;
  const why = 'the script has it so';
  if ('narrator' in step) {
    return { type: 'speak', actor: ENVIRONMENT.id, why, scripted: { cue, text: step.narrator } };
  }
  const actor = characterActorId(step.speaker);
  // Someone the script counts on was sent away: the cast goes on from its cards.
  if (!live.state.people.get(actor)?.present || !library.character(step.speaker)) return undefined;
  return { type: 'speak', actor, why, scripted: { cue, text: step.turn } };
}

/**
 * Played without anyone, the script goes on from its hooks all the same: one of the things that a
 * player could do openly is told as done.
 */
function guestChoice({ state, record }: LiveScene, script: SceneScript): Choice | undefined {
  const open = chipsAt(script, state.cue).filter((chip) => chip.do !== 'whisper');
  const chip = pick(open, record.seed, state.beats);
  if (!chip) return undefined;
  const { name } = script.player;
  const text = chip.do === 'say' ? `${name} speaks up: “${chip.text}”` : `${name} ${chip.text}.`;
  const cue = leadTo(script, chip.leads, state.cue);
  return {
    type: 'speak',
    actor: ENVIRONMENT.id,
    why: 'nobody is there to play the guest',
    scripted: { cue, text },
  };
}

/** What the script answered ends where the script does; the cast adds nothing from its cards. */
export function readsOut({ record }: LiveScene, { led }: Talk): Rest | undefined {
  if (!led || record.turns !== undefined) return undefined;
  return { type: 'rest', why: 'the script leaves the word to the players' };
}
