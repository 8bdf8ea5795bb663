import { createHash } from 'node:crypto';
import { ENVIRONMENT_NAME } from '../../gca/decide.ts';
import { DIMENSIONS } from '../judge-answer.ts';
import { readScenes } from '../read-scenes.ts';
import { dimensionScore } from '../score.ts';
import { thoughtsSaid } from '../thoughts-said.ts';
import { checkResults, checkTranscripts } from './check-results.ts';
import { type EvaluatedCase, readCoserEvaluation } from './coser-evaluation.ts';
import type { Found } from './found.ts';
import { kindOf, readSimulations } from './read-simulations.ts';
import { recordsIn } from './records-in.ts';

/** What a file of data is. */
export type DataKind =
  | 'coser-scenes'
  | 'coser-simulations'
  | 'her-simulations'
  | 'coser-evaluation'
  | 'results'
  | 'transcripts'
  | 'unknown';

export type DataCheck = Found & {
  readonly kind: DataKind;
  readonly bytes: number;
  readonly sha256: string;
  /** It is CoSER’s test set as published, byte for byte. */
  readonly published: boolean;
};

/** `Neph0s/CoSER`, `test_set.json` (lab.md 3.1). */
const PUBLISHED = { bytes: 2_566_199, sha256: 'eb175779d1d5adf9' };

/** Looks through a file of any kind that the lab reads: its form, what is in it, and what is wrong with it. */
export function inspectData(data: Buffer): DataCheck {
  const sha256 = createHash('sha256').update(data).digest('hex');
  const bytes = data.length;
  const published = bytes === PUBLISHED.bytes && sha256.startsWith(PUBLISHED.sha256);
  const common = { bytes, sha256, published };
  const text = data.toString('utf8');
  const remarks =
    data.includes('\uFFFD') || !text.includes('\uFFFD')
      ? []
      : [{ at: 0, what: 'it is not UTF-8 throughout' }];
  let kind: DataKind = 'unknown';
  try {
    kind = whichKind(text);
    const found = CHECKS[kind](text);
    return { kind, ...common, ...found, remarks: [...remarks, ...found.remarks] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind, ...common, counts: {}, faults: [{ at: 0, what: error.message }], remarks };
  }
}

const CHECKS: Readonly<Record<DataKind, (text: string) => Found>> = {
  'coser-scenes': checkScenes,
  'coser-simulations': checkSimulations,
  'her-simulations': checkSimulations,
  'coser-evaluation': checkEvaluation,
  results: checkResults,
  transcripts: checkTranscripts,
  unknown() {
    throw new SyntaxError('it holds neither scenes, nor simulations, nor results that the lab knows');
  },
};

/** By the fields that only that kind has, in the first record that has any of them. */
function whichKind(text: string): DataKind {
  for (const { value } of recordsIn(text).records) {
    if (typeof value !== 'object' || value === null) continue;
    const simulations = kindOf(value);
    if (simulations) return `${simulations}-simulations`;
    if ('manifest' in value && 'figures' in value) return 'results';
    if ('id' in value && ('turns' in value || 'lines' in value)) return 'transcripts';
    if ('cases' in value && !Array.isArray(value.cases)) return 'coser-evaluation';
    if ('dialogues' in value || 'speaking_characters_w_env' in value) return 'coser-scenes';
  }
  return 'unknown';
}

function checkScenes(text: string): Found {
  const { scenes, faults, remarks } = readScenes(text);
  const lines = scenes.flatMap(({ dialogues }) => dialogues);
  const people = scenes.flatMap((scene) => scene.key_characters);
  const speakers = scenes.map(
    (scene) => scene.speaking_characters_w_env.filter((name) => name !== ENVIRONMENT_NAME).length,
  );
  const tagged = (tag: string) => scenes.filter((scene) => scene.tag === tag).length;
  return {
    counts: {
      scenes: scenes.length,
      books: new Set(scenes.map(({ book }) => book)).size,
      id: tagged('id'),
      ood: tagged('ood'),
      messages: lines.length,
      'messages of the Environment': lines.filter(({ character }) => character === ENVIRONMENT_NAME).length,
      speakers: sumOf(speakers),
      'key characters': people.length,
      'with thought': people.filter(({ thought }) => thought !== undefined).length,
      'with motivation': people.filter(({ motivation }) => motivation !== undefined).length,
    },
    faults,
    remarks,
  };
}

function checkSimulations(text: string): Found {
  const { simulations, faults, remarks } = readSimulations(text);
  const turns = simulations.flatMap(({ simulation }) => simulation.turns);
  return {
    counts: {
      scenes: simulations.length,
      books: new Set(simulations.map(({ scene }) => scene.book)).size,
      turns: turns.length,
      'turns of actors': turns.filter(({ name }) => name !== ENVIRONMENT_NAME).length,
      predictions: sumOf(simulations.map(({ simulation }) => simulation.choices.length)),
      'thoughts said aloud': sumOf(simulations.map(({ simulation }) => thoughtsSaid(simulation))),
    },
    faults,
    remarks,
  };
}

function checkEvaluation(text: string): Found {
  const cases = readCoserEvaluation(text);
  return {
    counts: {
      cases: cases.length,
      turns: sumOf(cases.map(({ simulation }) => simulation.turns.length)),
      flaws: sumOf(
        cases.map(({ dimensions }) => sumOf(DIMENSIONS.map((one) => dimensions[one].flaws.length))),
      ),
    },
    faults: [],
    remarks: cases.flatMap((one, index) =>
      remarksOnCase(one).map((what) => ({ at: index + 1, id: one.id, what })),
    ),
  };
}

/** Whether its scores are those of its flaws. */
function remarksOnCase({ simulation, dimensions }: EvaluatedCase): string[] {
  const rounds = simulation.turns.filter(({ name }) => name !== ENVIRONMENT_NAME).length;
  return DIMENSIONS.flatMap((dimension) => {
    const { flaws, score } = dimensions[dimension];
    const counted = dimensionScore(flaws, rounds, 'coser');
    return Math.abs(counted - score) < 1e-9 ? [] : [`${dimension} is ${score}, its flaws come to ${counted}`];
  });
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
