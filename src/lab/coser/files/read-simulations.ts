import { z } from 'zod';
import { ENVIRONMENT_NAME } from '../../gca/decide.ts';
import { readCoserSimulation } from './coser-simulations.ts';
import { readHerSimulation } from './her-simulations.ts';
import { type Remark, recordsIn, whatIsWrong } from './records-in.ts';
import type { SceneSimulation } from './scene-simulation.ts';

export type SimulationKind = 'coser' | 'her';

export type ReadSimulations = {
  readonly simulations: readonly SceneSimulation[];
  readonly kind: SimulationKind;
  /** Scenes that cannot be judged; they are not in `simulations`. */
  readonly faults: readonly Remark[];
  readonly remarks: readonly Remark[];
};

/**
 * Simulated scenes as CoSER’s or HER’s evaluator left them, so that either judge can score either’s: a JSON
 * array, one object, or one a line. System thinking, which HER’s files hold, is dropped here.
 *
 * @throws SyntaxError where the text is no JSON, or is of neither of them
 */
export function readSimulations(text: string): ReadSimulations {
  const { records, faults: broken } = recordsIn(text);
  const kind = records.map(({ value }) => kindOf(value)).find((one) => one !== undefined);
  if (!kind) throw new SyntaxError('it holds no simulations of CoSER’s or HER’s evaluator');
  const read = kind === 'coser' ? readCoserSimulation : readHerSimulation;
  const simulations: SceneSimulation[] = [];
  const [faults, remarks]: [Remark[], Remark[]] = [[...broken], []];
  const known = new Set<string>();
  for (const { at, value } of records) {
    const one = orFault(() => read(value));
    if (typeof one === 'string') {
      faults.push({ at, what: one });
      continue;
    }
    const { id } = one.scene;
    if (known.has(id)) {
      faults.push({ at, id, what: 'another simulation is of the same scene' });
      continue;
    }
    known.add(id);
    simulations.push(one);
    remarks.push(...remarksOn(one).map((what) => ({ at, id, what })));
  }
  return { simulations, kind, faults: faults.toSorted((a, b) => a.at - b.at), remarks };
}

/** By the fields that only one of them has. */
export function kindOf(value: unknown): SimulationKind | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('simulation' in value && 'circumstance' in value) return 'coser';
  return 'dialogue' in value && 'input_data' in value ? 'her' : undefined;
}

function orFault<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof z.ZodError) return whatIsWrong(error);
    throw error;
  }
}

function remarksOn({ scene, simulation, remarks = [] }: SceneSimulation): string[] {
  const listed = new Set([...scene.speaking_characters_w_env, ENVIRONMENT_NAME]);
  const strange = new Set(simulation.turns.map(({ name }) => name).filter((name) => !listed.has(name)));
  const { length } = simulation.turns.filter(({ segments }) => segments.length === 0);
  return [
    ...remarks,
    ...(strange.size > 0 ? [`${[...strange].join(', ')} acts and is not listed`] : []),
    ...(length > 0 ? [`${length} ${length === 1 ? 'turn' : 'turns'} with nothing to see or hear`] : []),
  ];
}
