import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinNeighbours } from '../../../../../src/format/join-neighbours.ts';
import { writeCoserSimulations } from '../../../../../src/lab/coser/files/coser-simulations.ts';
import { writeHerSimulation } from '../../../../../src/lab/coser/files/her-simulations.ts';
import { readSimulations } from '../../../../../src/lab/coser/files/read-simulations.ts';
import type { AnySimulation } from '../../../../../src/lab/coser/files/write-turns.ts';
import { RULES } from '../../../../../src/lab/coser/protocol.ts';
import { coserSceneSchema, sceneIdOf } from '../../../../../src/lab/coser/scene.ts';
import { transcriptOf } from '../../../../../src/lab/coser/transcript.ts';

const record = {
  book: 'The Ferry',
  i_c: 1,
  plot: { summary: 'A night.', i_p: 7, key_characters: [{ name: 'Perran', description: 'Ferries.' }] },
  speaking_characters_w_env: ['Perran', 'Wenna', 'Environment'],
  major_characters: ['Perran'],
  character_profiles: { Perran: 'A ferryman.' },
  dialogues: [{ character: 'Perran', message: 'Tide’s wrong till four.' }],
  mood: 'kept as it came',
};
const parsed = coserSceneSchema.parse(record);
const scene = { ...parsed, id: sceneIdOf(parsed) };

const messages = [
  { role: 'Perran', content: 'Perran: [She has money] (coils the rope) Tide’s wrong.' },
  { role: 'NSP', content: 'Wenna' },
  { role: 'Wenna', content: '(counts coins)' },
  { role: 'NSP', content: 'random' },
  { role: 'Environment', content: 'Environment: A gull cries.' },
  { role: 'NSP', content: '<END CHAT>' },
];
const coserItem = (more: object = {}) => ({
  book_title: 'The Ferry',
  i_p: 7,
  i_c: 1,
  circumstance: record,
  simulation: messages,
  involved_character_profiles: {},
  ...more,
});
const herItem = (more: object = {}) => ({
  sample_id: 'The Ferry-7-1',
  model_name: 'm',
  input_data: record,
  dialogue: [
    {
      role: 'Perran',
      content:
        '<system_thinking>PLANNED it</system_thinking>Perran: <role_thinking>She has money</role_thinking><role_action>coils the rope</role_action>Tide’s wrong.',
      round: 0,
    },
    { role: 'NSP', content: 'Wenna', round: 0 },
    { role: 'Wenna', content: '<role_action>counts coins</role_action>', round: 1 },
  ],
  metadata: { book_title: 'The Ferry', i_p: 7, i_c: 1, total_rounds: 2, model_type: 'her' },
  status: 'success',
  ...more,
});
const only = (text: string) => {
  const { simulations, faults } = readSimulations(text);
  expect(faults).toEqual([]);
  const [one] = simulations;
  if (!one) throw new Error('no simulation');
  return one;
};

describe('simulations that were made elsewhere', () => {
  test('CoSER’s: turns, predictions, and how it ended', () => {
    const { scene: read, simulation } = only(JSON.stringify([coserItem()]));
    expect(read).toMatchObject({ id: 'The Ferry-7-1', mood: 'kept as it came' });
    expect(
      simulation.turns.map(({ name, named, segments }) => [name, named, segments.map(({ kind }) => kind)]),
    ).toEqual([
      ['Perran', true, ['thought', 'action', 'speech']],
      ['Wenna', false, ['action']],
      ['Environment', true, ['speech']],
    ]);
    expect(simulation.choices).toEqual([
      { round: 0, predicted: 'Wenna', next: 'Wenna', rule: 'accepted' },
      { round: 1, predicted: 'random', next: 'Environment', rule: 'fallback' },
      { round: 2, predicted: '<END CHAT>', next: undefined, rule: 'end' },
    ]);
    expect(simulation.end).toBe('end-chat');
  });

  test('either’s, read by either’s judge', () => {
    const coser = only(JSON.stringify([coserItem()])).simulation;
    const her = only(JSON.stringify(herItem())).simulation;
    expect(transcriptOf(coser, RULES.coser)).toBe(
      'Perran: (coils the rope) Tide’s wrong.\n\n(counts coins)\n\nEnvironment: A gull cries.',
    );
    expect(transcriptOf(her, RULES.coser)).toBe('Perran: (coils the rope) Tide’s wrong.\n\n(counts coins)');
    expect(transcriptOf(coser, RULES.her).split('\n\n')[0]).toBe(messages[0]?.content);
    expect(transcriptOf(her, RULES.her)).toBe(
      'Perran: [She has money](coils the rope)Tide’s wrong.\n\n(counts coins)',
    );
    expect(transcriptOf(her, RULES.fixed)).toContain('Wenna: (counts coins)');
  });

  test('HER’s: one file or a list; what was planned is nowhere', () => {
    for (const text of [JSON.stringify(herItem()), JSON.stringify([herItem()], undefined, 2)]) {
      const read = only(text);
      expect(read.scene.id).toBe('The Ferry-7-1');
      expect(JSON.stringify(read)).not.toContain('PLANNED');
    }
  });

  test('another’s line within a turn is dropped, with the thoughts in it', () => {
    const content = 'Perran: Well.\nWenna: [SECRET of mine] Yes.';
    const { simulation } = only(
      JSON.stringify([coserItem({ simulation: [{ role: 'Perran', content }, messages[2]] })]),
    );
    for (const rules of Object.values(RULES)) expect(transcriptOf(simulation, rules)).not.toContain('SECRET');
  });
});

describe('bad input', () => {
  test.each([
    ['', 'it is empty'],
    [JSON.stringify([coserItem()]).slice(0, -9), 'its JSON ends too soon'],
    ['[1,2', 'its JSON ends too soon'],
    ['{"simulation": oops}', 'it is not JSON'],
    ['{"simulation" 7, "circumstance": {}}', 'it is not JSON from character 15 on'],
    ['[]', 'it holds no simulations of CoSER’s or HER’s evaluator'],
    ['[{"book": "x"}]', 'it holds no simulations of CoSER’s or HER’s evaluator'],
  ])('%s', (text, what) => {
    expect(() => readSimulations(text)).toThrow(new SyntaxError(what));
  });

  test('what cannot be judged is named, all else is there', () => {
    const { i_p: _, ...without } = coserItem();
    const { simulations, faults, remarks } = readSimulations(
      JSON.stringify([
        without,
        coserItem({ simulation: [{ role: 'Perran', content: null }] }),
        coserItem({ simulation: [] }),
        coserItem({ circumstance: { ...record, dialogues: 7 } }),
        'no',
        coserItem({ simulation: [...messages, { role: 'Jory', content: '[only a thought]' }] }),
        coserItem(),
      ]),
    );
    expect(simulations).toHaveLength(1);
    expect(faults.map(({ at, what }) => `${at}: ${what}`)).toEqual([
      '1: i_p: Invalid input: expected number, received undefined',
      '2: simulation.0.content: Invalid input: expected string, received null',
      '3: simulation: nobody acts in it',
      '4: dialogues: Invalid input: expected array, received number',
      '5: Invalid input: expected object, received string',
      '7: another simulation is of the same scene',
    ]);
    expect(remarks.map(({ at, what }) => `${at}: ${what}`)).toEqual([
      '6: Jory acts and is not listed',
      '6: 1 turn with nothing to see or hear',
    ]);
    // Both evaluators count it as a turn.
    expect(simulations[0]?.simulation.turns).toHaveLength(4);
  });

  test('of lines, the bad ones', () => {
    const { simulations, faults } = readSimulations(`${JSON.stringify(herItem())}\n\n{"dialogue\n7\n`);
    expect(simulations).toHaveLength(1);
    expect(faults).toEqual([
      { at: 3, what: 'its JSON ends too soon' },
      { at: 4, what: 'it is no JSON object' },
    ]);
  });

  test('HER’s that failed', () => {
    const failed = [herItem({ status: 'failed', dialogue: [] }), herItem({ status: 'partial' })];
    const { simulations, faults, remarks } = readSimulations(JSON.stringify(failed));
    expect(simulations).toHaveLength(1);
    expect(faults[0]?.what).toBe('nobody acts in it: its simulation failed');
    expect(remarks[0]?.what).toBe('its simulation is marked “partial”');
  });
});

describe('simulations of ours for others', () => {
  const plain = ['tide', 'rope', 'Wenna', 'coins', 'four', 'never', 'x:y'];
  // Brackets in a turn without tags are read as CoSER’s, in whosever file it is.
  const vocabulary = { coser: [...plain, 'a (bracket)', 'a [note]'], her: plain };
  const playedWith = (words: readonly string[]): fc.Arbitrary<AnySimulation> => {
    const text = fc
      .array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 })
      .map((all) => all.join(' '));
    const segment = fc.record({ kind: fc.constantFrom('thought', 'action', 'speech'), text });
    const segments = fc
      .array(segment, { minLength: 1, maxLength: 4 })
      .filter((all) => all.some(({ kind }) => kind !== 'thought'));
    const turn = fc.record({ name: fc.constantFrom('Perran', 'Wenna'), named: fc.boolean(), segments });
    return fc.array(turn, { minLength: 1, maxLength: 5 }).map((turns) => ({
      turns: turns.map((one, round) => ({ ...one, round, injected: false, faults: [] })),
      choices: turns.map((_, round) => ({
        round,
        predicted: turns[round + 1]?.name ?? '<END CHAT>',
        next: turns[round + 1]?.name,
        rule: 'accepted' as const,
      })),
    }));
  };
  const writers = {
    coser: (simulation: AnySimulation) => writeCoserSimulations([{ scene, simulation }]),
    her: (simulation: AnySimulation) => writeHerSimulation({ scene, simulation }, 'm'),
  };

  test.each(['coser', 'her'] as const)('%s: who did what, who was predicted, all judges’ texts', (kind) => {
    fc.assert(
      fc.property(playedWith(vocabulary[kind]), (simulation) => {
        const text = writers[kind](simulation);
        const read = only(text);
        expect(read.scene).toEqual({ ...scene, i_p: 7 });
        expect(read.simulation.turns.map(({ name, named }) => [name, named])).toEqual(
          simulation.turns.map(({ name, named }) => [name, named]),
        );
        expect(read.simulation.choices.map(({ predicted }) => predicted)).toEqual(
          simulation.choices.map(({ predicted }) => predicted),
        );
        expect(transcriptOf(read.simulation, RULES.fixed)).toBe(transcriptOf(again(simulation), RULES.fixed));
        // What was read and is written again is the same file.
        expect(writers[kind](read.simulation)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  test('a turn of CoSER’s is written with HER’s tags', () => {
    const written = writers.her(only(JSON.stringify([coserItem()])).simulation);
    expect(JSON.parse(written).dialogue[0]).toEqual({
      role: 'Perran',
      content:
        'Perran: <role_thinking>She has money</role_thinking><role_action>coils the rope</role_action>Tide’s wrong.',
      round: 0,
    });
  });

  test('a scene of ours in CoSER’s file has both numbers, its profiles, and no name of ours', () => {
    const simulation = only(JSON.stringify([coserItem()])).simulation;
    const [written] = JSON.parse(writers.coser(simulation));
    expect(written).toMatchObject({ book_title: 'The Ferry', i_p: 7, i_c: 1 });
    expect(written.circumstance).toMatchObject({ i_c: 1, plot: { i_p: 7 }, mood: 'kept as it came' });
    expect(written.circumstance.id).toBeUndefined();
    expect(written.involved_character_profiles).toEqual({ Perran: 'Ferries.\n\nA ferryman.' });
    expect(written.simulation).toEqual(messages);
  });
});

/** Neighbours of a kind are one, as every reader has them. */
function again({ turns }: AnySimulation) {
  return { turns: turns.map((turn) => ({ ...turn, segments: joinNeighbours(turn.segments) })) };
}
