import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RULES, WHOLE } from '../../../../src/lab/coser/protocol.ts';
import { playScene, sceneOf, wordsOf } from '../../../support/gca-scene.ts';

const GOLDEN = new URL('../../../../../shared/data/golden/leaks.jsonl', import.meta.url);

type Hostile = {
  readonly id: string;
  readonly speaker: string;
  readonly text: string;
  readonly plan: readonly string[];
  readonly secret: readonly string[];
};

const outputs: readonly Hostile[] = existsSync(GOLDEN)
  ? readFileSync(GOLDEN, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];

const PLAYED = [
  ['her', 'her'],
  ['her', 'coser'],
  ['coser', 'coser'],
  ['fixed', 'her'],
  ['fixed', 'coser'],
] as const;

describe.skipIf(outputs.length === 0).each(PLAYED)(
  'hostile outputs in a scene by %s, in the form of %s (needs ../shared)',
  (protocol, dialect) => {
    test.each(outputs)('$id: nothing hidden goes on', async ({ speaker, text, plan, secret }) => {
      const scene = sceneOf({
        speaking_characters_w_env: [speaker, 'Mr Collins'],
        major_characters: [speaker],
      });
      const { asked, kept, simulation } = await playScene(
        scene,
        ({ of }) => {
          if (of === 'NSP') return '{"next_speaker":"Mr Collins"}';
          return of === speaker ? text : 'Madam.';
        },
        { ...{ rules: RULES[protocol], ablation: { ...WHOLE, dialect }, maxRounds: 3 } },
      );
      const everywhere = JSON.stringify([asked.map(wordsOf), kept, simulation]);
      for (const mark of plan) expect(everywhere).not.toContain(mark);
      const others = asked.filter(({ of }) => of !== speaker).map(wordsOf);
      for (const mark of secret) expect(others.join('\n')).not.toContain(mark);
    });
  },
);
