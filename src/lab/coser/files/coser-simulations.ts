import { z } from 'zod';
import { renderCoser } from '../../../format/render-coser.ts';
import { profilesOf } from '../profiles.ts';
import { type CoserScene, coserSceneSchema, sceneIdOf } from '../scene.ts';
import { type FiledMessage, readTurns } from './read-turns.ts';
import type { SceneSimulation } from './scene-simulation.ts';
import { type AnySimulation, writeTurns } from './write-turns.ts';

const messageSchema = z.looseObject({ role: z.string().min(1), content: z.string() });

/** One scene of the file that CoSER’s `main.py` writes to `exp/simulation` (an array of them). */
export const coserSimulationSchema = z.looseObject({
  book_title: z.string().min(1),
  i_p: z.int(),
  i_c: z.int(),
  circumstance: z.looseObject({}),
  simulation: z.array(messageSchema).min(1, 'nobody acts in it'),
  involved_character_profiles: z.record(z.string(), z.string()).default({}),
});

/** @throws z.ZodError */
export function readCoserSimulation(record: unknown): SceneSimulation {
  const { book_title, i_p, i_c, circumstance, simulation } = coserSimulationSchema.parse(record);
  const scene = coserSceneSchema.parse({ ...circumstance, book: book_title, i_p, i_c });
  return {
    scene: { ...scene, id: sceneIdOf(scene) },
    simulation: readTurns(simulation as FiledMessage[], 'coser'),
  };
}

/** Scenes as CoSER’s evaluator reads them. */
export function writeCoserSimulations(
  played: readonly { readonly scene: CoserScene; readonly simulation: AnySimulation }[],
): string {
  const records = played.map(({ scene, simulation }) => {
    const { id: _, ...circumstance } = scene;
    const i_p = scene.i_p ?? scene.plot.i_p ?? 0;
    return {
      book_title: scene.book,
      i_p,
      i_c: scene.i_c,
      // Its evaluator wants both numbers to be the same.
      circumstance: { ...circumstance, i_p, plot: { ...scene.plot, i_p } },
      simulation: writeTurns(
        simulation,
        ({ name, named, segments, written }) => written ?? renderCoser(segments, named ? { name } : {}),
      ).map(({ role, content }) => ({ role, content })),
      involved_character_profiles: Object.fromEntries(profilesOf(scene)),
    };
  });
  return `${JSON.stringify(records, undefined, 2)}\n`;
}
