import { expect, test } from 'vitest';
import { readScenes } from '../../../../src/lab/coser/read-scenes.ts';
import type { Protocol } from '../../../../src/lab/coser/severity.ts';
import { remarksOn } from '../../../../src/lab/eval/remarks.ts';
import { ourPrompts } from '../../../../src/lab/prompts/ours.ts';
import type { ScenePrompts } from '../../../../src/lab/prompts/scene-prompts.ts';
import { evalScenes } from '../../../integration/lab/eval-scenes.ts';
import { answeringModel } from '../../../support/answering-model.ts';
import { labModel } from '../../../support/lab-model.ts';

const { scenes } = readScenes(JSON.stringify(evalScenes(1)));

const large = labModel(answeringModel({ name: 'large' }));
const critic = labModel(answeringModel({ name: 'critic' }));

function remarks(
  protocol: Protocol,
  source: ScenePrompts['source'],
  skipped = 0,
  models = { actor: large, judge: critic },
): string {
  const data = { name: 'x', sha256: '', scenes, skipped };
  const prompts = { ...ourPrompts(), source };
  return remarksOn({ protocol, prompts, data, models }).join('\n');
}

test.each(['coser', 'her'] as const)(
  '%s without its own prompts compares with nothing published',
  (protocol) => {
    expect(remarks(protocol, 'ours')).toContain('do not compare with published ones');
    expect(remarks(protocol, protocol)).not.toContain('do not compare with published ones');
  },
);

test.each(['coser', 'her'] as const)('%s says what is not as in that runner, or empty there', (protocol) => {
  const all = remarks(protocol, protocol);
  expect(all).toContain('on different scales');
  expect(all).toContain('System thinking is kept in nobody’s history');
  expect(all).toContain('the data call it “thought”');
});

test('fixed is on a scale of its own, and reads what characters have in mind', () => {
  expect(remarks('fixed', 'ours')).toContain('a scale of their own');
  expect(remarks('fixed', 'ours')).not.toContain('“thought”');
});

test('records that were left out are told', () => {
  expect(remarks('fixed', 'ours', 3)).toContain('3 records of the data could not be used');
  expect(remarks('fixed', 'ours')).not.toContain('could not be used');
});

test('a judge that judges its own lines is told', () => {
  expect(remarks('fixed', 'ours', 0, { actor: large, judge: large })).toContain(
    'The judge is the model that acts',
  );
  expect(remarks('fixed', 'ours')).not.toContain('The judge is the model that acts');
});

test('what was judged only says so, and nothing of how it was played', () => {
  const data = { name: 'x', sha256: '', scenes, skipped: 0 };
  const played = { name: 'their-scenes.json', sha256: '', simulations: new Map() };
  const all = remarksOn({
    protocol: 'her',
    prompts: ourPrompts(),
    data,
    played,
    models: { actor: critic, judge: critic },
  }).join('\n');
  expect(all).toContain('Nothing was played: these are the scenes of their-scenes.json');
  expect(all).not.toMatch(/nobody’s history|model that acts/u);
});
