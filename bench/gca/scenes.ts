import { createRandom } from '../../src/judge/stats/random.ts';
import { type CoserScene, coserSceneSchema, sceneIdOf } from '../../src/lab/coser/scene.ts';

const PEOPLE = ['Ada Thorn', 'Bram Quay', 'Cecily Marsh', 'Dorn Vale', 'Effie Lamb'];
const WORDS =
  'quay lantern ledger salt harbour winter promise gull brother signal chapel hill stranger boat key orchard letter storm'.split(
    ' ',
  );

/** Scenes as long as those of the test set are, of no one's words: two or three people, a reference conversation. */
export function generatedScenes(count: number): readonly CoserScene[] {
  const draw = createRandom(7);
  const pick = (below: number) => Math.floor(draw() * below);
  const words = (length: number) =>
    Array.from({ length }, () => WORDS[pick(WORDS.length)] ?? 'quay').join(' ');

  return Array.from({ length: count }, (_, at): CoserScene => {
    const cast = PEOPLE.slice(0, 2 + pick(2));
    const record = coserSceneSchema.parse({
      book: 'Bench',
      i_p: at,
      i_c: 0,
      topic: words(4),
      scenario: `${words(90)}.`,
      plot: {
        summary: `${words(60)}.`,
        key_characters: cast.map((name) => ({ name, description: words(20) })),
      },
      key_characters: cast.map((name) => ({ name, motivation: words(40) })),
      character_profiles: Object.fromEntries(cast.map((name) => [name, `${words(250)}.`])),
      speaking_characters_w_env: [...cast, 'Environment'],
      major_characters: cast,
      dialogues: Array.from({ length: 14 }, (__, turn) => ({
        character: cast[turn % cast.length],
        message: `[${words(8)}] (${words(6)}) ${words(35)}.`,
      })),
    });
    return { ...record, id: sceneIdOf(record) };
  });
}
