import { ENVIRONMENT_NAME } from '../gca/decide.ts';
import { DIRECTOR } from './files/read-turns.ts';
import { type Remark, recordsIn, whatIsWrong } from './files/records-in.ts';
import { profileOf } from './profiles.ts';
import { type CoserScene, coserSceneSchema, sceneIdOf } from './scene.ts';

export type ReadScenes = {
  readonly scenes: readonly CoserScene[];
  /** Records that cannot be played; they are in no figure. */
  readonly faults: readonly Remark[];
  /** Records that can, with something to know of them. */
  readonly remarks: readonly Remark[];
};

/**
 * Scenes in CoSER’s form: a JSON array of records, or one record a line. Every record that can be played is
 * there; of the others it is said what they lack.
 * @throws SyntaxError where the text is neither
 */
export function readScenes(text: string): ReadScenes {
  const { records, faults: broken } = recordsIn(text);
  const scenes: CoserScene[] = [];
  const faults: Remark[] = [...broken];
  const remarks: Remark[] = [];
  const known = new Set<string>();
  for (const { at, value } of records) {
    const read = coserSceneSchema.safeParse(value);
    if (!read.success) {
      faults.push({ at, what: whatIsWrong(read.error) });
      continue;
    }
    const scene: CoserScene = { ...read.data, id: sceneIdOf(read.data) };
    const fault = known.has(scene.id)
      ? 'another record has the same book, i_p and i_c'
      : unplayable(scene.speaking_characters_w_env);
    if (fault !== undefined) {
      faults.push({ at, id: scene.id, what: fault });
      continue;
    }
    known.add(scene.id);
    scenes.push(scene);
    remarks.push(...remarksOn(scene).map((what) => ({ at, id: scene.id, what })));
  }
  return { scenes, faults: faults.toSorted((a, b) => a.at - b.at), remarks };
}

function unplayable(speaking: readonly string[]): string | undefined {
  if (speaking.includes(DIRECTOR)) return `${DIRECTOR} cannot be a character: the director is called that`;
  return speaking.every((name) => name === ENVIRONMENT_NAME)
    ? 'nobody but the Environment is in it'
    : undefined;
}

function remarksOn(scene: CoserScene): string[] {
  const people = [...new Set(scene.speaking_characters_w_env)].filter((name) => name !== ENVIRONMENT_NAME);
  const unknown = new Set(
    scene.dialogues
      .map(({ character }) => character)
      .filter((name) => name !== ENVIRONMENT_NAME && !people.includes(name)),
  );
  const bare = people.filter((name) => !profileOf(scene, name).trim());
  return [
    ...(people.length < 2 ? ['one character alone with the Environment'] : []),
    ...(unknown.size > 0 ? [`${[...unknown].join(', ')} speaks in the conversation and is not listed`] : []),
    ...(bare.length > 0 ? [`no profile of ${bare.join(', ')}`] : []),
  ];
}
