import { expect, test } from 'vitest';
import type { DraftReport } from '../../../../src/engine/engine-api.ts';
import { wireDraft } from '../../../../src/stage/web/wire-scene.ts';
import { draftSchema } from '../../../../src/stage/web/wire-shapes.ts';

const draft: DraftReport = {
  scene: 'web:one',
  log: 'web:one#1',
  turn: '3.1',
  speaker: { id: 'character:tom', name: 'Tom Reddick' },
  why: 'he was called',
  thoughts: [],
  faults: [],
  scripted: false,
  attempt: 1,
};

test('x-ray is told of the lore in a draft’s prompt', () => {
  const lore = [
    { name: 'harbour light', why: 'key', key: 'lamp', beat: 12 },
    { name: 'the tide', why: 'constant' },
  ] as const;
  const wired = wireDraft({ ...draft, lore, loreLeft: 2 });
  expect(draftSchema.parse(wired)).toMatchObject({ lore, loreLeft: 2 });
  expect(draftSchema.parse(wireDraft(draft))).not.toHaveProperty('lore');
});
