import { expect, test } from 'vitest';
import { segmentsOf } from '../../../../../src/lab/synth/record/views.ts';
import { reorderStep } from '../../../../../src/lab/synth/reorder/reorder-step.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';
import { stepTools } from '../../../../support/synth/tools.ts';

const { tools } = stepTools(() => {
  throw new Error('nobody is asked');
});
const alike = (count: number, thought: string, action: string) =>
  sampleConversation({
    turns: Array.from({ length: count }, (_, id) => ({
      id,
      from: [id],
      speaker: id % 2 === 0 ? 'Ada Crane' : 'Perran Hale',
      text: `<role_thinking>${thought}</role_thinking><role_action>${action}</role_action>Word number ${id}.`,
    })),
  });

test('half of the turns that are built alike get the other order, and nothing else changes', async () => {
  const scene = alike(10, 'Such a grey evening', 'nods');
  const { record, counts } = await reorderStep.work(scene, tools);
  const firsts = record?.turns.map((turn) => segmentsOf(turn, scene)[0]?.kind) ?? [];
  expect(firsts.filter((kind) => kind === 'action')).toHaveLength(5);
  expect(counts['reordered']).toBe(5);
  for (const [at, turn] of (record?.turns ?? []).entries()) {
    const before = scene.turns[at];
    if (!before) throw new Error('a turn is gone');
    const sorted = (text: string) =>
      segmentsOf({ ...turn, text }, scene).toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
    expect(sorted(turn.text)).toEqual(sorted(before.text));
    if (turn.text !== before.text) expect(turn.original).toBe(before.text);
  }
});

test('the same seed changes the same turns, another one others', async () => {
  const scene = alike(12, 'Such a grey evening', 'nods');
  const first = await reorderStep.work(scene, tools);
  expect((await reorderStep.work(scene, tools)).record).toEqual(first.record);
  const other = await reorderStep.work(scene, { ...tools, seed: 8 });
  expect(other.record).not.toEqual(first.record);
});

test('what is not certain stays', async () => {
  const scene = alike(10, 'I’ll show him', 'nods');
  const { record, counts } = await reorderStep.work(scene, tools);
  expect(record).toEqual(scene);
  expect(counts).toMatchObject({ reordered: 0, 'left: plans': 10 });
});
