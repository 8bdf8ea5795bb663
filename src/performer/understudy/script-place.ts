import type { SceneScript, ScriptChip, ScriptStep } from '../../cast/scene-script.ts';

/**
 * Where a scene is in its authored script. Written into the log with each step (`cue`), so that the
 * place is a fold of the log like everything else: `way/steps played`, and after `@` the place to
 * come back to when the way is an aside.
 */
export type ScriptPlace = { readonly way: string; readonly played: number; readonly back?: ScriptPlace };

const OPENING = 'opening';

/** Reads a beat's cue; no cue is the very start. */
export function readCue(cue: string | undefined): ScriptPlace {
  if (cue === undefined) return { way: OPENING, played: 0 };
  const [here = '', ...there] = cue.split('@');
  const slash = here.lastIndexOf('/');
  const place = { way: here.slice(0, slash), played: Number(here.slice(slash + 1)) || 0 };
  return there.length > 0 ? { ...place, back: readCue(there.join('@')) } : place;
}

/** The cue of a place. */
export function writeCue({ way, played, back }: ScriptPlace): string {
  return `${way}/${played}${back ? `@${writeCue(back)}` : ''}`;
}

/** The next authored step and the cue its beat will carry, or undefined where the script waits. */
export function nextStep(
  script: SceneScript,
  cue: string | undefined,
): { readonly step: ScriptStep; readonly cue: string } | undefined {
  const place = standing(script, readCue(cue));
  const step = stepsOf(script, place.way)[place.played];
  return step && { step, cue: writeCue({ ...place, played: place.played + 1 }) };
}

/** What a player may do now: the chips of the way that has been played to its end. */
export function chipsAt(script: SceneScript, cue: string | undefined): readonly ScriptChip[] {
  const place = standing(script, readCue(cue));
  if (place.played < stepsOf(script, place.way).length) return [];
  return chipsOf(script, place.way);
}

/** The cue of a way's start; from an aside the scene comes back to where it stands. */
export function leadTo(script: SceneScript, way: string, cue: string | undefined): string {
  const aside = script.ways[way]?.aside ?? false;
  const from = standing(script, readCue(cue));
  return writeCue({ way, played: 0, ...(aside ? { back: from } : {}) });
}

/** An aside that was played to its end is left for the place it came from. */
function standing(script: SceneScript, place: ScriptPlace): ScriptPlace {
  const over = place.played >= stepsOf(script, place.way).length;
  return over && place.back ? standing(script, place.back) : place;
}

function stepsOf(script: SceneScript, way: string): readonly ScriptStep[] {
  return way === OPENING ? script.opening : (script.ways[way]?.steps ?? []);
}

function chipsOf(script: SceneScript, way: string): readonly ScriptChip[] {
  return way === OPENING ? script.chips : (script.ways[way]?.chips ?? []);
}
