import { type CoserScene, coserSceneSchema } from '../../../../src/lab/coser/scene.ts';

/** A scene of Ann and Bo on a quay. */
export function benchScene(change: Partial<CoserScene> = {}): CoserScene {
  const record = coserSceneSchema.parse({
    book: 'The {Quay}',
    scenario: 'A quay in the rain.',
    plot: { summary: 'They meet.', key_characters: [] },
    character_profiles: { Ann: 'A pilot.', Bo: 'A smith.' },
    speaking_characters_w_env: ['Ann', 'Bo', 'Environment'],
    major_characters: ['Ann', 'Bo'],
    dialogues: [{ character: 'Ann', message: 'Tide’s in.' }],
  });
  return { id: 'quay-0-0', ...record, ...change };
}
