import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { OperatorError } from '../../../../src/errors.ts';
import { readCheckout } from '../../../../src/lab/prompts/read-checkout.ts';
import type { ActorTexts, CriticTexts } from '../../../../src/lab/prompts/scene-prompts.ts';
import { benchScene } from './bench-scene.ts';

const FIXTURES = fileURLToPath(new URL('../../../fixtures/lab/', import.meta.url));
const HER = join(FIXTURES, 'checkout-her');
const COSER = join(FIXTURES, 'checkout-coser');
const HER_FILE = 'eval_code/benchmarks/multi_turn/coser/prompts.py';

const scene = benchScene({
  scenario: 'A quay. {book}\n',
  major_characters: ['Ann', "Bo O'Neil", 'Environment'],
});
const profiles = new Map([
  ['Ann', 'A pilot {motivation}.'],
  ["Bo O'Neil", 'A smith.'],
]);

function acting(change: Partial<ActorTexts> = {}): ActorTexts {
  return { plan: true, thoughts: true, dialect: 'her', motivation: '', profiles, draw: () => 0, ...change };
}

function judging(change: Partial<CriticTexts> = {}): CriticTexts {
  return {
    dimension: 'Character Fidelity',
    profiles,
    reference: 'Ann: Tide’s in. {dimension_criteria} $&',
    continueFrom: 0,
    fillsNames: false,
    ...change,
  };
}

describe('HER’s checkout', () => {
  const prompts = readCheckout(HER);

  test('is found from its root, its eval_code and the folder itself', () => {
    const folders = ['', 'eval_code', 'eval_code/benchmarks/multi_turn/coser'];
    const hashes = folders.map((folder) => readCheckout(join(HER, folder)).hash);
    expect(new Set(hashes)).toEqual(new Set([prompts.hash]));
    expect(prompts.source).toBe('her');
    expect(prompts.hash).toMatch(/^[0-9a-f]{12}$/);
  });

  test('a character’s prompt is the one that its Python function makes', () => {
    expect(prompts.actor(scene, 'Ann', acting({ motivation: 'Home.' }))).toBe(
      "Be Ann of The {Quay}.\n\n===Ann's Profile===\nA pilot {motivation}.\n\n===Current Scenario===\nA quay. {book}\n\n\n" +
        "===Information about the other Characters===\n\nBo O'Neil: A smith.\n\n\n===Your Inner Thoughts===\nHome.\n\n\n\n" +
        '===Requirements===\n\n\nTagged turn of Ann, "planned" first.\n\n\n',
    );
    expect(prompts.actor(scene, 'Ann', acting({ plan: false }))).toContain(
      '===Requirements===\n\nTagged turn of Ann, unplanned.\n',
    );
    expect(prompts.actor(scene, 'Ann', acting({ dialect: 'coser' }))).toContain(
      'Bracketed turn of Ann: [mind] (deed) word. \n\n',
    );
    expect(prompts.actor(scene, 'Cy', acting({ profiles: new Map() }))).toContain(
      "===Cy's Profile===\n\n\n===Current Scenario===\nA quay. {book}\n\n\n\n\n===Requirements===",
    );
    expect(() => prompts.actor(scene, 'Ann', acting({ thoughts: false }))).toThrow(OperatorError);
  });

  test('lists stand as Python prints them', () => {
    expect(prompts.narrator(scene, () => 0.7)).toBe(
      `Be a sea around ['Ann', "Bo O'Neil"].\n\nA quay. {book}\n`,
    );
    expect(prompts.director(scene, ['Ann', 'Environment'])).toBe(
      "Reason, then name one of ['Ann', 'Environment'] (Environment is no person).\n\nA quay. {book}\n",
    );
  });

  test('what a critic’s text is filled with is not read again', () => {
    const text = prompts.critic(scene, judging({ continueFrom: 3 }));
    expect(text).toBe(
      'Judge a play of The {Quay} in Character Fidelity, i.e. true to themselves.\n\nThey meet.\nA quay. {book}\n\n' +
        "### Ann\n\nA pilot {motivation}.\n\n### Bo O'Neil\n\nA smith.\nMain: Ann, Bo O'Neil, Environment\n" +
        'Ann: Tide’s in. {dimension_criteria} $&\n### Character Fidelity (of {major_characters})\n' +
        '{"Character Fidelity": {"flaws": []}}\n',
    );
    expect(prompts.critic(scene, judging({ fillsNames: true }))).toContain(
      "(of Ann, Bo O'Neil, Environment)",
    );
  });
});

describe('CoSER’s checkout', () => {
  const prompts = readCheckout(COSER);
  const coser = acting({ dialect: 'coser' });

  test('is found from its root; and from the folder of the evaluator', () => {
    expect(prompts.source).toBe('coser');
    expect(readCheckout(join(COSER, 'gca_evaluation')).hash).toBe(prompts.hash);
  });

  test('a character’s prompt is the one that its Python function and its agent make', () => {
    expect(prompts.actor(scene, 'Ann', { ...coser, draw: () => 0.3 })).toBe(
      "Be Ann of The {Quay}.\n\n===Ann's Profile===\nA pilot {motivation}.\n\n===Current Scenario===\nA quay. {book}\n\n\n" +
        `===Information about the other Characters===\n${'*'.repeat(20)}\n\nBo O'Neil: A smith.\n\n\n\n\n\n` +
        "===Requirements===\nWord, (deed) and [mind], such as [it's late].\n\nFew words, sixty.\n\n",
    );
    expect(prompts.actor(scene, 'Ann', { ...coser, thoughts: false })).toContain('\nWord and (deed).\n');
    expect(readCheckout(COSER, 'CoSER-8B').actor(scene, 'Ann', coser)).toContain(
      '\nWord, (deed) and [mind].\n',
    );
    expect(readCheckout(COSER, 'llama-9').actor(scene, 'Ann', coser)).toMatch(
      /sixty\.\n\nBegin with "Ann: "\.\n\n$/,
    );
    expect(() => prompts.actor(scene, 'Ann', acting())).toThrow(/--dialect coser/);
  });

  test('the Environment and the director, without empty lines around', () => {
    expect(prompts.narrator(scene, () => 0.99)).toBe(
      `Be a town around ['Ann', "Bo O'Neil"]; leave ['Ann', "Bo O'Neil"] alone.\n\nA quay. {book}`,
    );
    expect(prompts.director(scene, ['Ann'])).toBe(
      "Name one of ['Ann']; Environment is no person.\n\nA quay. {book}",
    );
  });

  test('a critic’s text is filled one field after the other, as CoSER does; at once where faults are mended', () => {
    const asCoser = prompts.critic(scene, judging({ continueFrom: 3 }));
    expect(asCoser).toContain('The first 3 are given.');
    expect(asCoser).toContain('Ann: Tide’s in. ### Character Fidelity (of {major_characters}) $&');
    const mended = prompts.critic(scene, judging({ fillsNames: true }));
    expect(mended).toContain('Ann: Tide’s in. {dimension_criteria} $&');
    expect(mended).toContain("### Character Fidelity (of Ann, Bo O'Neil, Environment)");
    expect(mended).toContain('{\n    "Character Fidelity": {');
  });
});

describe('a checkout that is not as it is known', () => {
  const made: string[] = [];
  afterEach(() => {
    for (const dir of made.splice(0)) rmSync(dir, { recursive: true });
  });

  function changed(from: string, path: string, change: (source: string) => string): string {
    const dir = mkdtempSync(join(tmpdir(), 'checkout-'));
    made.push(dir);
    cpSync(from, dir, { recursive: true });
    writeFileSync(join(dir, path), change(readFileSync(join(dir, path), 'utf8')));
    return dir;
  }

  test.each([
    ['Tagged turn', 'Marked turn'],
    ['unplanned', 'planless'],
    ['"a sea"', '"a lake"'],
    ['Reason, then name', 'Think, then name'],
    ['Judge a play', 'Read a play'],
    ['true to themselves', 'themselves'],
    ['### Anthropomorphism', '## Anthropomorphism'],
    ['===Current Scenario===', '===Scenario==='],
  ])('HER’s hash changes with its texts: %s', (was, is) => {
    const dir = changed(HER, HER_FILE, (source) => source.replace(was, is));
    expect(readCheckout(dir).hash).not.toBe(readCheckout(HER).hash);
  });

  test.each([
    ['gca_evaluation/agent.py', 'sixty', 'fifty'],
    ['gca_evaluation/agent.py', 'Begin with', 'Start with'],
    ['gca_evaluation/main.py', 'are given', 'stand'],
    ['gca_evaluation/utils.py', 'Word and', 'Words and'],
    ['prompts.py', 'alive', 'living'],
  ])('CoSER’s hash changes with its texts: %s %s', (path, was, is) => {
    const dir = changed(COSER, path, (source) => source.replace(was, is));
    expect(readCheckout(dir).hash).not.toBe(readCheckout(COSER).hash);
  });

  test('other code around the texts changes nothing; nor do line ends', () => {
    const dir = changed(HER, HER_FILE, (source) =>
      `import os\n\n${source}\nprint("done")\n`.replaceAll('\n', '\r\n'),
    );
    expect(readCheckout(dir).hash).toBe(readCheckout(HER).hash);
  });

  test.each([
    ['def get_nsp_prompt', 'def nsp_prompt', /prompts\.py has no function get_nsp_prompt/],
    ['prompt = f"""Be {random', 'text = f"""Be {random', /get_environment_prompt: no text “prompt = …”/],
    [
      '{scenario}"""\n\n\ndef get_nsp_prompt',
      '{mood}"""\n\n\ndef get_nsp_prompt',
      /get_environment_prompt, prompt: .*\{mood\}/,
    ],
    [
      '        output_format = """\nTagged',
      '        output = """\nTagged',
      /three texts “output_format = …”/,
    ],
    ['"Anthropomorphism": {', '"Humanity": {', /CRITIC_PROMPTS: no text under .*Anthropomorphism/],
    ['Main: {major', 'Main: {cast', /CRITIC_PROMPTS: .*\{cast_characters\}/],
    ['{{"{dim', '{"{dim', /CRITIC_PROMPTS/],
    ['        "a sea",', '        sea(),', /list “model_roles” of texts/],
    ['"a sky",', '"a sky', /get_environment_prompt/],
  ])('%s → %s: says which file and function', (was, is, why) => {
    const dir = changed(HER, HER_FILE, (source) => {
      expect(source).toContain(was);
      return source.replace(was, is);
    });
    expect(() => readCheckout(dir)).toThrow(OperatorError);
    expect(() => readCheckout(dir)).toThrow(why);
  });

  test('files that are missing or empty', () => {
    const dir = changed(COSER, 'gca_evaluation/agent.py', () => '');
    expect(() => readCheckout(dir)).toThrow(/agent\.py, __init__/);
    rmSync(join(dir, 'gca_evaluation/agent.py'));
    expect(() => readCheckout(dir)).toThrow(/agent\.py is missing/);
    rmSync(join(dir, 'gca_evaluation'), { recursive: true });
    expect(() => readCheckout(dir)).toThrow(/neither .*HER.* nor .*CoSER/);
    expect(() => readCheckout(join(dir, 'nowhere'))).toThrow(/does not exist/);
    expect(() => readCheckout(join(dir, 'prompts.py'))).toThrow(OperatorError);
  });
});
