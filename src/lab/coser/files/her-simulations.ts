import { z } from 'zod';
import { renderHer } from '../../../format/render-her.ts';
import { profilesOf } from '../profiles.ts';
import { type CoserScene, coserSceneSchema, sceneIdOf } from '../scene.ts';
import { readTurns } from './read-turns.ts';
import type { SceneSimulation } from './scene-simulation.ts';
import { type AnySimulation, writeTurns } from './write-turns.ts';

const messageSchema = z.looseObject({
  role: z.string().min(1),
  content: z.string(),
  round: z.int().optional(),
});

/** One scene as HER’s `run_coser.py` keeps it: a file each, or a list. */
export const herSimulationSchema = z.looseObject({
  sample_id: z.string().min(1),
  model_name: z.string().default(''),
  input_data: z.looseObject({}),
  dialogue: z.array(messageSchema),
  metadata: z
    .looseObject({ book_title: z.string().optional(), i_p: z.int().optional(), i_c: z.int().optional() })
    .default({}),
  status: z.string().default('success'),
});

/** @throws z.ZodError */
export function readHerSimulation(record: unknown): SceneSimulation {
  const { input_data, dialogue, metadata, status } = herSimulationSchema
    .refine((one) => one.dialogue.length > 0, `nobody acts in it: its simulation failed`)
    .parse(record);
  const { book_title: book, i_p, i_c } = metadata;
  // What is not said of a scene there may be said in its record.
  const said = Object.entries({ book, i_p, i_c }).filter(([, value]) => value !== undefined);
  const scene = coserSceneSchema.parse({ ...input_data, ...Object.fromEntries(said) });
  const simulation = readTurns(dialogue, 'her');
  const remarks = status === 'success' ? [] : [`its simulation is marked “${status.slice(0, 40)}”`];
  return { scene: { ...scene, id: sceneIdOf(scene) }, simulation, remarks };
}

/** A scene as HER’s evaluator reads it, one object. @param modelType by which it knows how to read tags */
export function writeHerSimulation(
  { scene, simulation }: { readonly scene: CoserScene; readonly simulation: AnySimulation },
  model: string,
  modelType = 'her',
): string {
  const { id, ...record } = scene;
  const written = {
    sample_id: id,
    model_name: model,
    input_data: record,
    dialogue: writeTurns(simulation, ({ name, named, segments }) =>
      renderHer(segments, named ? { name } : {}),
    ),
    metadata: {
      book_title: scene.book,
      i_p: scene.i_p ?? scene.plot.i_p ?? 0,
      i_c: scene.i_c,
      involved_character_profiles: Object.fromEntries(profilesOf(scene)),
      total_rounds: simulation.turns.length,
      model_type: modelType,
    },
    status: 'success',
  };
  return `${JSON.stringify(written, undefined, 2)}\n`;
}
