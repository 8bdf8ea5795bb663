import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readFlaws } from '../../../../src/lab/coser/judge-answer.ts';
import { readScenes } from '../../../../src/lab/coser/read-scenes.ts';
import { weightOfFlaw } from '../../../../src/lab/coser/severity.ts';

const SHARED = new URL('../../../../../shared/data/', import.meta.url);

const scene = {
  book: 'The Ferry',
  i_p: 3,
  i_c: 0,
  scenario: 'Night, and the tide is out.',
  speaking_characters_w_env: ['Perran', 'Wenna'],
  major_characters: ['Perran', 'Wenna'],
  character_profiles: { Perran: 'A ferryman.', Wenna: 'A courier.' },
  key_characters: [{ name: 'Perran', thought: 'She has money.' }],
  dialogues: [{ character: 'Perran', message: '[Wet boots] Tide’s wrong till four.' }],
  tag: 'ood',
};

describe('scenes in CoSER’s form', () => {
  test('an array, or one a line; a byte order mark is none of it', () => {
    for (const text of [JSON.stringify([scene]), `\uFEFF${JSON.stringify(scene)}\n\n`]) {
      const { scenes, faults, remarks } = readScenes(text);
      expect(scenes.map(({ id }) => id)).toEqual(['The Ferry-3-0']);
      expect([faults, remarks]).toEqual([[], []]);
    }
  });

  test('what cannot be played is named, all else is there', () => {
    const { scenes, faults } = readScenes(
      JSON.stringify([
        scene,
        { ...scene, dialogues: [] },
        7,
        scene,
        { ...scene, i_c: 1, speaking_characters_w_env: [] },
      ]),
    );
    expect(scenes).toHaveLength(1);
    expect(faults.map(({ at, what }) => `${at}: ${what}`)).toEqual([
      '2: dialogues: it has no conversation',
      '3: Invalid input: expected object, received number',
      '4: another record has the same book, i_p and i_c',
      '5: speaking_characters_w_env: nobody speaks in it',
    ]);
  });

  test('what is odd about one that can be played', () => {
    const odd = { ...scene, speaking_characters_w_env: ['Perran', 'Environment'], character_profiles: {} };
    const { remarks } = readScenes(
      JSON.stringify([{ ...odd, dialogues: [...scene.dialogues, { character: 'Jory', message: 'Ho!' }] }]),
    );
    expect(remarks.map(({ what }) => what)).toEqual([
      'one character alone with the Environment',
      'Jory speaks in the conversation and is not listed',
      'no profile of Perran',
    ]);
  });

  const published = new URL('coser/scenes-public-domain.json', SHARED);
  test.skipIf(!existsSync(published))('all published records are read (needs ../shared)', () => {
    const { scenes, faults } = readScenes(readFileSync(published, 'utf8'));
    expect(scenes).toHaveLength(16);
    expect(faults).toEqual([]);
  });
});

describe('a critic’s answer', () => {
  const answer = '{"Anthropomorphism": {"flaws": [{"instance": "a", "type": "b", "severity": 3}]}}';

  test('of another dimension, or of none, is no answer', () => {
    for (const protocol of ['coser', 'her'] as const) {
      expect(readFlaws(answer, 'Storyline Quality', protocol)).toBeUndefined();
      expect(readFlaws('well', 'Anthropomorphism', protocol)).toBeUndefined();
      expect(readFlaws(answer, 'Anthropomorphism', protocol)).toHaveLength(1);
    }
  });

  test('CoSER wants no other dimension beside it', () => {
    const more = '{"Anthropomorphism": {"flaws": []}, "Wit": {"flaws": []}}';
    expect(readFlaws(more, 'Anthropomorphism', 'coser')).toBeUndefined();
    expect(readFlaws(more, 'Anthropomorphism', 'her')).toEqual([]);
  });

  test('CoSER’s: the longest JSON counts, in a fence or in prose, and is mended where none is whole', () => {
    const read = (text: string) => readFlaws(text, 'Anthropomorphism', 'coser');
    expect(read(`Well {really}: {"wit": 1}\n\`\`\`json\n${answer}\n\`\`\``)).toHaveLength(1);
    expect(read(`<think>{x}</think>${answer}`)).toHaveLength(1);
    expect(read(answer.replace('}]', '},]'))).toHaveLength(1);
    expect(read('{"Anthropomorphism": {}}')).toBeUndefined();
    expect(read('{"Anthropomorphism": {"flaws": []}, "Storyline Quality": {"flaws": []}}')).toEqual([]);
    expect(read('[]')).toBeUndefined();
  });

  test('a fraction stays one, in a fence too', () => {
    const fraction = answer.replace('3}', '3.0}');
    for (const text of [fraction, `\`\`\`\n${fraction}\n\`\`\``]) {
      const flaws = readFlaws(text, 'Anthropomorphism', 'coser') ?? [];
      expect(flaws.map((flaw) => weightOfFlaw(flaw, 'coser'))).toEqual([0]);
      expect(flaws.map((flaw) => weightOfFlaw(flaw, 'her'))).toEqual([3]);
    }
  });

  test('mended, folded names and mended JSON will do; a list that broke off will not', () => {
    const read = (text: string) => readFlaws(text, 'Anthropomorphism', 'fixed');
    expect(read('{"anthropomorphism": {"Flaws": [{"severity": 3},]}}')).toHaveLength(1);
    expect(read('{"Anthropomorphism": [{"severity": 3}]}')).toHaveLength(1);
    expect(read(`{"Anthropomorphism": {"flaws": []}}\nNo: ${answer}`)).toHaveLength(1);
    expect(read(answer.slice(0, -4))).toBeUndefined();
    expect(read('{"Anthropomorphism": {}}')).toBeUndefined();
    expect(read('{"Storyline Quality": {"flaws": []}}')).toBeUndefined();
    expect(read('{"Anthropomorphism": {"flaws": ["rude", {"severity": 2}]}}')).toMatchObject([
      { instance: 'rude' },
      { severity: 2 },
    ]);
  });

  test('an answer that goes round in circles is read in time', () => {
    for (const circle of ['\\"', '{', '{"a":', '"', '"NaN\\', '}{']) {
      const text = circle.repeat(60_000);
      for (const protocol of ['coser', 'her', 'fixed'] as const)
        expect(readFlaws(text, 'Anthropomorphism', protocol)).toBeUndefined();
    }
  });

  test('mended, a bare list of flaws is one', () => {
    expect(readFlaws('{"flaws": [{"severity": 2}]}', 'Anthropomorphism', 'fixed')).toHaveLength(1);
  });
});
