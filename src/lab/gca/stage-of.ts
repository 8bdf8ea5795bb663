import { OperatorError } from '../../errors.ts';
import type { CoserScene } from '../coser/scene.ts';
import { ENVIRONMENT_NAME, type Stage } from './decide.ts';

/** Who plays in a scene and who begins, whatever its record holds. */
export type SceneStage = Stage & {
  /** The conversation that its record gives, by who speaks here. */
  readonly dialogues: readonly { readonly character: string; readonly message: string }[];
  readonly first: string;
};

/**
 * Each name once, the Environment among them, and all who speak in the turns that are given (her-spec 4.2,
 * 4.6 G1, G2). Blank names are left out; the world is the Environment however it is written.
 *
 * @param continueFrom so many turns of the conversation are given
 * @throws OperatorError where nobody is left to speak
 */
export function stageOf(scene: CoserScene, continueFrom: number): SceneStage {
  const dialogues = scene.dialogues
    .filter(({ character }) => character.trim() !== '')
    .map(({ character, message }) => ({ character: nameOf(character), message }));
  const given = dialogues.slice(0, Math.max(0, continueFrom)).map(({ character }) => character);
  const named = scene.speaking_characters_w_env.filter((name) => name.trim() !== '').map(nameOf);
  const speaking = [...new Set([...named, ...given, ENVIRONMENT_NAME])];
  if (speaking.length === 1 && named.length === 0) {
    throw new OperatorError(`Nobody speaks in the scene “${scene.id}”: its names are blank.`);
  }
  const major = [...new Set(scene.major_characters.map(nameOf))];
  return { speaking, major, dialogues, first: given[0] ?? speaking[0] ?? ENVIRONMENT_NAME };
}

function nameOf(name: string): string {
  return name.trim().toLowerCase() === ENVIRONMENT_NAME.toLowerCase() ? ENVIRONMENT_NAME : name;
}
