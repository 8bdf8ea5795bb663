import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { transcriptLineSchema } from '../../../src/lab/eval/transcript-line.ts';
import { evalArgs, evalHouse, withoutTimes } from './eval-house.ts';
import { evalScenes } from './eval-scenes.ts';

describe.each(['fixed', 'her', 'coser'] as const)('protocol %s', (protocol) => {
  test('plays, judges and scores every scene', async () => {
    const house = await evalHouse();
    const args = [...evalArgs(house, 3), '--protocol', protocol, '--out', house.path('out')];
    const { code, out, err } = await house.coser(args);
    expect({ code, err: err.includes('dramatis') }).toEqual({ code: 0, err: false });
    const { manifest, figures, cases, failed } = house.results('out');
    expect(cases.map(({ id }) => id)).toEqual([0, 1, 2].map((at) => `The Lantern Inn-${at}-0`));
    expect(failed).toEqual([]);
    expect(figures.leaks).toBe(0);
    expect(figures.usable).toMatchObject({ mean: 1, n: 3 });
    expect(cases.every(({ rounds, score }) => rounds === 4 && score !== null)).toBe(true);
    expect(Object.keys(manifest.roles)).toEqual(expect.arrayContaining(['actor', 'director', 'judge']));
    // Every printed score stands beside the judge and what it is told.
    expect(out).toContain(`judge judge-1, prompt ${manifest.judge.hash}`);
    expect(out).toContain(figures.score['overall']?.mean?.toFixed(2));
  });
});

test('no system thinking is in any file, no thought in the prompts of others', async () => {
  const house = await evalHouse();
  await house.coser([...evalArgs(house, 2), '--out', house.path('out')]);
  for (const name of ['calls.jsonl', 'transcripts.jsonl', 'results.json', 'prompts.json', 'run.json']) {
    expect(house.read(`out/${name}`)).not.toContain('PLAN-');
  }
  const others = house.double.prompts.filter(({ body }) => /director|narrator/u.test(String(body.model)));
  expect(others.length).toBeGreaterThan(0);
  for (const { promptText } of others) expect(promptText).not.toMatch(/PLAN-|THOUGHT-/u);
  const lines = house.read('out/transcripts.jsonl').trim().split('\n');
  const turns = lines.flatMap((line) => transcriptLineSchema.parse(JSON.parse(line)).turns);
  expect(
    turns.filter(({ segments }) => segments.some(({ text }) => text.startsWith('THOUGHT-'))),
  ).not.toEqual([]);
});

test('a second run asks nothing and writes the same', async () => {
  const house = await evalHouse();
  const args = [...evalArgs(house, 3), '--out', house.path('out'), '--json'];
  const first = await house.coser(args);
  const asked = house.double.prompts.length;
  const [results, transcripts] = [house.results('out'), house.read('out/transcripts.jsonl')];
  expect(JSON.parse(first.out)).toEqual(results);
  await house.coser(args);
  expect(house.double.prompts).toHaveLength(asked);
  expect(withoutTimes(house.results('out'))).toEqual(withoutTimes(results));
  expect(house.read('out/transcripts.jsonl')).toBe(transcripts);
});

test('more scenes go on in the same folder; other settings do not, and it is said which', async () => {
  const house = await evalHouse();
  const args = [...evalArgs(house, 3), '--out', house.path('out')];
  await house.coser([...args, '--limit', '1']);
  const one = house.double.prompts.length;
  await house.coser(args);
  const three = house.double.prompts.length;
  const bodies = house.double.prompts.map(({ body }) => JSON.stringify(body));
  expect(three).toBeGreaterThan(one);
  expect(new Set(bodies).size).toBe(three);

  const other = await house.coser([...args, '--seed', '7', '--actor', 'actor-2']);
  expect(other.code).toBe(1);
  expect(other.err).toContain('seed was 0, now 7; actor was actor-1, now actor-2');
  expect(other.err.trim().split('\n')).toHaveLength(1);
  expect(house.double.prompts).toHaveLength(three);
});

describe.each(['coser', 'her'] as const)('with the texts of %s, from a checkout', (source) => {
  const checkout = fileURLToPath(new URL(`../../fixtures/lab/checkout-${source}`, import.meta.url));

  test('they are sent and named, and written into no file', async () => {
    const house = await evalHouse();
    const args = [...evalArgs(house, 1), '--protocol', source, '--prompts', checkout];
    expect((await house.coser([...args, '--out', house.path('out')])).code).toBe(0);
    const { prompts, remarks } = house.results('out').manifest;
    expect(prompts).toMatchObject({ source, hash: expect.stringMatching(/^[0-9a-f]{12}$/u) });
    expect(remarks.join()).not.toContain('do not compare with published');
    expect(existsSync(house.path('out/prompts.json'))).toBe(false);
  });

  test('another runner’s protocol refuses them', async () => {
    const house = await evalHouse();
    const other = source === 'her' ? 'coser' : 'her';
    const args = [...evalArgs(house, 1), '--protocol', other, '--prompts', checkout];
    const { code, err } = await house.coser([...args, '--out', house.path('out')]);
    expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(err).toContain(`a checkout of ${source}, and the protocol is ${other}`);
  });
});

test('scenes by id, and by a file of ids', async () => {
  const house = await evalHouse();
  const ids = ['The Lantern Inn-2-0', 'The Lantern Inn-0-0'];
  const args = [...evalArgs(house, 3), '--out', house.path('out'), '--scenes'];
  await house.coser([...args, ids.join(',')]);
  expect(house.results('out').cases.map(({ id }) => id)).toEqual(ids.toReversed());
  await house.coser([...args, house.file('ids.txt', `${ids[0]}\n\n`)]);
  expect(house.results('out').cases.map(({ id }) => id)).toEqual([ids[0]]);
});

test('titles of books may be anything: nothing of them moves a cursor or leaves its folder', async () => {
  const house = await evalHouse({
    script: ({ body }) =>
      body.model === 'judge-1'
        ? { fault: 'status', status: 400, body: { error: { message: 'no' } } }
        : undefined,
  });
  const books = ['\u001b[2Jbell\u0007', '../../up', 'x'.repeat(400), 'A/B', 'A_B'];
  const scenes = books.flatMap((book) => evalScenes(1).map((scene) => ({ ...scene, book })));
  const data = house.file('odd.json', scenes);
  const flags = ['--data', data, ...evalArgs(house, 1).slice(2), '--out', house.path('out')];
  const refused = await house.coser(flags);
  expect(refused.out).toContain('not scored');
  expect(refused.out).not.toContain('\u001b');
  const unknown = await house.coser([...flags, '--scenes', 'nobody']);
  expect(unknown.err).toContain('ids look like');
  expect(unknown.err).not.toContain('\u001b');
  expect((await house.coser([...flags, '--scenes', ''])).code).toBe(2);

  const other = await evalHouse();
  const written = [...flags.slice(0, -1), other.path('out'), '--write-simulation', 'her'];
  expect((await other.coser(written)).code).toBe(0);
  const names = readdirSync(other.path('out/simulations-her'));
  expect(names).toHaveLength(5);
  expect(names.join('')).not.toMatch(/\p{Cc}/u);
});

test('--plan asks nobody and writes nothing', async () => {
  const house = await evalHouse();
  const env = { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
  const args = [...evalArgs(house, 3), '--plan', '--out', house.path('out')];
  const { code, out } = await house.coser([...args, '--json'], { env });
  expect(code).toBe(0);
  const plan = JSON.parse(out);
  expect(plan).toMatchObject({
    scenes: 3,
    roles: { director: { calls: 12 }, judge: { calls: 12, model: 'judge-1' } },
  });
  expect(plan.roles.actor.calls + plan.roles.narrator.calls).toBe(12);
  expect((await house.coser(args, { env })).out).toContain('at most 36 calls');
  expect(house.double.prompts).toHaveLength(0);
  expect(existsSync(house.path('out'))).toBe(false);
});
