import { ENVIRONMENT_NAME } from '../gca/decide.ts';
import type { CoserScene } from './scene.ts';

/**
 * What is known of each speaking character, as both evaluators put it together: what the plot says of it,
 * a blank line, its profile (her-spec 3.1). Who has neither is not in it. In the order of the list.
 */
export function profilesOf(scene: CoserScene): ReadonlyMap<string, string> {
  const profiles = new Map<string, string>();
  for (const name of scene.speaking_characters_w_env) {
    if (name === ENVIRONMENT_NAME) continue;
    const described = scene.plot.key_characters.find((one) => one.name === name)?.description ?? '';
    const profile = profileOf(scene, name);
    const whole = [described, profile].map(trimmed).filter(Boolean).join('\n\n');
    if (whole) profiles.set(name, whole);
  }
  return profiles;
}

/** What the record has on someone; '' where it has nothing. (A name may be a word of JavaScript’s own.) */
export function profileOf(
  { character_profiles }: Pick<CoserScene, 'character_profiles'>,
  name: string,
): string {
  return Object.hasOwn(character_profiles, name) ? (character_profiles[name] ?? '') : '';
}

function trimmed(text: string): string {
  return text.replace(/^[ \n]+|[ \n]+$/gu, '');
}

/** What a character has in mind. @param readsThought also where the record calls it `thought` */
export function motivationOf(scene: CoserScene, name: string, readsThought: boolean): string {
  const one = scene.key_characters.find((character) => character.name === name);
  return one?.motivation ?? (readsThought ? one?.thought : undefined) ?? '';
}
