import type { Row } from '../measure/row.ts';
import { countedRow } from './counted-row.ts';
import { naiveLayout, wholeHistory } from './naive-layout.ts';
import { interleaved, readPrompts } from './read-prompts.ts';
import { ENDLESS, type Prompt, playScene } from './recorded-scene.ts';
import { longestOf, repeatedBy } from './repeated.ts';
import { sharedFirst } from './shared-first.ts';
import type { WindowReach } from './window-rows.ts';

/** Of a scene, in turns: 17k tokens of lines, which the small window cannot hold. */
const LENGTH = 200;
const FIRST_SEED = 11;

/**
 * Figures of several long scenes that are played at once on a server that cannot keep them all.
 * @param caches tokens that it can keep @param crowds scenes at once
 */
export async function crowdRows(
  { name, tokens }: WindowReach,
  caches: readonly number[],
  crowds: readonly number[],
): Promise<Row[]> {
  const layouts = {
    ours: [] as Prompt[][],
    'the naive layout': [] as Prompt[][],
    'the reference layout with our window': [] as Prompt[][],
    'one transcript first': [] as Prompt[][],
  };
  for (let nth = 0; nth < Math.max(...crowds); nth += 1) {
    const options = { seed: FIRST_SEED + nth, length: LENGTH };
    const whole = await playScene(ENDLESS, options);
    const ours = await playScene(tokens, options);
    const her = await playScene(tokens, { ...options, profile: 'her' });
    const turns = naiveLayout(whole.turns, longestOf(repeatedBy(ours.turns)));
    const asked = naiveLayout(wholeHistory(whole.director), longestOf(repeatedBy(ours.director)));
    layouts.ours.push([...ours.asked]);
    layouts['the naive layout'].push(turns.flatMap((turn, at) => [...asked.slice(at, at + 1), turn]));
    layouts['the reference layout with our window'].push([...her.asked]);
    layouts['one transcript first'].push(sharedFirst(whole.asked, tokens));
  }
  const { ours, ...others } = layouts;
  return crowds.flatMap((crowd) =>
    caches.flatMap((room) => {
      const read = (scenes: readonly Prompt[][]) =>
        readPrompts(interleaved(scenes.slice(0, crowd)), room).prefilled / (crowd * LENGTH);
      const value = read(ours);
      return Object.entries(others).map(([layout, scenes]) =>
        countedRow({
          measure: `prefilled a turn, ${crowd} long scenes at once, room for ${room / 1000}k tokens, ${name} window, beside ${layout}`,
          ...{ unit: 'tokens', value, beside: read(scenes) },
        }),
      );
    }),
  );
}
