import { atMost, type Row } from '../measure/row.ts';
import { coserScenes, playCoser } from './coser-scenes.ts';
import { countedRow } from './counted-row.ts';
import { inGroups, interleaved, readPrompts } from './read-prompts.ts';
import type { Prompt } from './recorded-scene.ts';
import { sharedFirst } from './shared-first.ts';

/** Of what the reference layout has to read. */
const MOST_OF_REFERENCE = 0.7;
const CONTEXT = 32_768;

/**
 * Figures of recorded scenes of some twelve turns, one after the other and several at once. None where the
 * scenes are not there. @param caches tokens that a server can keep @param crowds scenes that are played at once
 */
export async function shortRows(caches: readonly number[], crowds: readonly number[]): Promise<Row[]> {
  const scenes = coserScenes();
  if (scenes.length === 0) {
    process.stderr.write(
      'Short scenes: left out, ../shared/data/coser/scenes-public-domain.json is not there.\n',
    );
    return [];
  }
  const ours: Prompt[][] = [];
  const reference: Prompt[][] = [];
  for (const scene of scenes) {
    ours.push(await playCoser(scene, 'house', CONTEXT));
    reference.push(await playCoser(scene, 'reference', CONTEXT));
  }
  const shared = ours.map((prompts) => sharedFirst(prompts, CONTEXT));
  const read = (side: readonly Prompt[][]) => readPrompts(side.flat());
  const [all, theirs] = [read(ours), read(reference)];
  const unit = 'tokens';
  return [
    countedRow({
      measure: `prefilled in ${scenes.length} short scenes, all prompts, beside the reference layout`,
      ...{ unit, value: all.prefilled, beside: theirs.prefilled, reach: atMost(MOST_OF_REFERENCE) },
    }),
    countedRow({
      measure: 'the same, prompts as long as they are, beside the reference layout',
      ...{ unit, value: all.tokens, beside: theirs.tokens },
    }),
    countedRow({
      measure: 'prefilled in short scenes, beside one transcript first',
      ...{ unit, value: all.prefilled, beside: read(shared).prefilled },
    }),
    ...crowds.flatMap((crowd) =>
      caches.map((room) => {
        const bounded = (side: readonly Prompt[][]) =>
          readPrompts(inGroups(side, crowd).flatMap(interleaved), room).prefilled;
        return countedRow({
          measure: `prefilled, ${crowd} short scenes at once, room for ${room / 1000}k tokens, beside the reference layout`,
          ...{ unit, value: bounded(ours), beside: bounded(reference), reach: atMost(MOST_OF_REFERENCE) },
        });
      }),
    ),
  ];
}
