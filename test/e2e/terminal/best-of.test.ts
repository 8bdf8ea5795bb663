import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BeatJson } from '../../../src/stage/terminal/beat-json.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { dramatis } from './dramatis.ts';

let mind: ModelDouble;
beforeAll(async () => {
  mind = await startModelDouble({ models: ['double-1', 'judge-1'] });
});
afterAll(() => mind.close());

/** Holmes answers as the best of three drafts, and the one at the keyboard looks into it. */
function play(...args: string[]) {
  const stdin = [
    '/config set bestOf 3 level: scene',
    'Holmes, what do you make of the tracks?',
    '/why',
    '/swipe',
    '/rate up',
    '/privacy opt-in choices: yes',
    '/rate up',
    '/scene report',
    '/principles list',
    '/quit',
  ].join('\n');
  const env = { OPENAI_BASE_URL: mind.url, MODEL: 'double-1', MODEL_JUDGE: 'judge-1' };
  return dramatis(['play', '--cast', 'Sherlock Holmes', ...args], { stdin: `${stdin}\n`, env });
}

describe('play, with a judge', () => {
  test('commands tell of it and turn to the drafts that lost; without --xray nothing hidden is told', async () => {
    const { code, stdout, stderr } = await play();
    expect([code, stderr]).toEqual([0, '']);
    const told = [
      /judge-1 chose it among 3 drafts\. What decided: “[^”]+”\./,
      /reads as version 2 of 3 now\./,
      /Not counted:/,
      /Counted: 👍 for #\d+/,
      /Looked over the last \d+ lines/,
      /Leaves Room/,
    ];
    const places = told.map((words) => stdout.search(words));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(mind.canaries.judge.length).toBeGreaterThanOrEqual(4);
    expect(stdout).not.toMatch(/CANARY|\[judge\]/);
  });

  test('with --xray, in JSON, the verdict is among the hidden layers of the line', async () => {
    const { code, stdout } = await play('--json', '--xray');
    expect(code).toBe(0);
    const beats = stdout
      .trim()
      .split('\n')
      .map((line): BeatJson => JSON.parse(line));
    const judged = beats.flatMap(({ hidden }) => hidden?.judged ?? []);
    expect(judged.length).toBeGreaterThan(0);
    for (const { by, candidates, ranking, matches } of judged) {
      expect(by).toBe('judge-1');
      expect(candidates).toHaveLength(3);
      expect(ranking.toSorted()).toEqual([0, 1, 2]);
      expect(matches.map(({ orders }) => orders.length)).toEqual([2, 2]);
      expect(JSON.stringify(matches)).toContain('JUDGE-CANARY');
    }
  });
});
