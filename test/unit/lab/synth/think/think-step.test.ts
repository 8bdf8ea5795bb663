import { expect, test } from 'vitest';
import { thinkStep } from '../../../../../src/lab/synth/think/think-step.ts';
import { weightOf } from '../../../../../src/scene/weight-of.ts';
import { teach } from '../../../../doubles/teacher/teacher.ts';
import { sampleConversation } from '../../../../support/synth/conversation.ts';
import { stepTools } from '../../../../support/synth/tools.ts';

const SCENE = sampleConversation();
const good = (messages: Parameters<typeof teach>[0]) => teach(messages) ?? '';

test('each character’s turns get their thoughts, the world’s stay as they are', async () => {
  const { tools, asked } = stepTools(({ request }) => good(request.messages));
  const { record, rejects, counts } = await thinkStep.work(SCENE, tools);
  expect(asked).toHaveLength(2);
  expect(rejects).toEqual([]);
  expect(counts).toMatchObject({ turns: 4, enhanced: 3, unchanged: 1, 'kept as they were': 0 });
  expect(record?.turns[0]).toMatchObject({ original: SCENE.turns[0]?.text });
  expect(record?.turns[0]?.text).toContain('<role_thinking>');
  expect(record?.turns[2]).toEqual(SCENE.turns[2]);
});

test('who is asked about one character reads no thought and no motive of another', async () => {
  const { tools, asked } = stepTools(({ request }) => good(request.messages));
  await thinkStep.work(SCENE, tools);
  const prompts = asked.map(({ request }) => request.messages.map(({ content }) => content).join('\n'));
  const ofAda = prompts.find((text) => text.includes('The character: Ada Crane')) ?? '';
  const ofPerran = prompts.find((text) => text.includes('The character: Perran Hale')) ?? '';
  expect(ofAda).toContain('nobody may know what I carry');
  expect(ofAda).not.toContain('She has run the last mile');
  expect(ofAda).not.toContain('I will not cross after dark again');
  expect(ofPerran).toContain('She has run the last mile');
  expect(ofPerran).not.toContain('nobody may know what I carry');
});

test('a turn that cannot be used is asked for once more, with its fault, and then stays as it was', async () => {
  const { tools, asked } = stepTools(({ request }) => {
    const turns = [
      { turn: 1, text: 'Something else altogether, my dear.' },
      { turn: 4, text: '<role_action>goes on coiling the rope</role_action>Suit yourself.' },
    ];
    const ask = request.messages.at(-1)?.content ?? '';
    return ask.includes('The character: Perran') ? JSON.stringify({ turns }) : good(request.messages);
  });
  const { record, rejects } = await thinkStep.work(SCENE, tools);
  expect(rejects).toEqual([{ why: 'speech-changed', turn: 1, character: 'Perran Hale' }]);
  expect(record?.turns[1]).toEqual(SCENE.turns[1]);
  const again = asked.at(-1)?.request.messages.at(-1)?.content ?? '';
  expect(again).toContain('#1: What is said was changed');
  expect(again).toContain('Write these turns of Perran Hale anew: #1.');
});

test.each([
  ['prose', 'Certainly! Here are the turns.'],
  ['nothing', ''],
  ['half of it', '{"turns": [{"turn": 0, "pieces": [{"kind": "spee'],
  ['another form', '{"answer": 42}'],
])('an answer that is %s loses no turn', async (_what, answer) => {
  const { tools } = stepTools(() => answer);
  const { record, rejects, counts } = await thinkStep.work(SCENE, tools);
  expect(record?.turns).toEqual(SCENE.turns);
  expect(rejects.map(({ turn }) => turn).toSorted()).toEqual([0, 1, 3, 4]);
  expect(counts['kept as they were']).toBe(4);
});

test('a conversation that fits no prompt is asked for in parts, every own turn once', async () => {
  const turns = Array.from({ length: 60 }, (_, id) => ({
    id,
    from: [id],
    speaker: id % 2 === 0 ? 'Ada Crane' : 'Perran Hale',
    text: `This is line number ${id} of a long evening at the slip, and nothing came of it.`,
  }));
  const { tools, asked } = stepTools(({ request }) => good(request.messages));
  const { counts, rejects } = await thinkStep.work(sampleConversation({ turns }), tools);
  expect(asked.length).toBeGreaterThanOrEqual(6);
  const numbers = asked.flatMap(({ request }) => {
    const ask = request.messages.at(-1)?.content ?? '';
    return [...ask.slice(ask.lastIndexOf('Write these turns')).matchAll(/#(\d+)/gu)].map(([, turn]) =>
      Number(turn),
    );
  });
  expect(numbers.toSorted((a, b) => a - b)).toEqual(turns.map(({ id }) => id));
  expect(rejects).toEqual([]);
  expect(counts['turns']).toBe(60);
});

/** Answers with the turns as a function writes them. */
const written = (turns: (asked: readonly number[], attempt: number) => Record<number, string>) => {
  const attempts = new Map<string, number>();
  return stepTools(({ request }) => {
    const ask = request.messages.at(-1)?.content ?? '';
    const name = /^The character: (.+)$/mu.exec(ask)?.[1] ?? '';
    const attempt = (attempts.get(name) ?? 0) + 1;
    attempts.set(name, attempt);
    const asked = [...ask.slice(ask.lastIndexOf('Write these turns')).matchAll(/#(\d+)/gu)].map(([, one]) =>
      Number(one),
    );
    const texts = turns(asked, attempt);
    return JSON.stringify({
      turns: asked.flatMap((turn) => {
        const text = texts[turn];
        return text === undefined ? [] : [{ turn, text }];
      }),
    });
  });
};
const plain = sampleConversation({
  turns: ['Good evening.', 'Tide’s wrong till four.', 'Then I shall wait.'].map((text, id) => ({
    id,
    from: [id],
    speaker: id % 2 === 0 ? 'Ada Crane' : 'Perran Hale',
    text,
  })),
});
const thought = (text: string) => `<role_thinking>${text}</role_thinking>`;
const ALIKE = {
  0: `${thought('He has a boat')}Good evening.`,
  1: `${thought('Always in a hurry')}Tide’s wrong till four.`,
  2: `${thought('Four is too late')}Then I shall wait.`,
};

test('the third turn of one pattern is asked for once more, and its second answer is taken', async () => {
  const other = `Then I shall wait.${thought('Four is too late')}`;
  const { tools, asked } = written((_turns, attempt) => (attempt === 1 ? ALIKE : { 2: other }));
  const { record, rejects, counts } = await thinkStep.work(plain, tools);
  expect(asked).toHaveLength(3);
  expect(asked.at(-1)?.request.messages.at(-1)?.content).toContain('#2: Its pieces stand in the same order');
  expect(rejects).toEqual([]);
  expect(record?.turns[2]?.text).toBe(other);
  expect(counts).toMatchObject({
    'asked again': 0,
    'asked again for variety': 1,
    'third alike before': 1,
    'third alike after': 0,
    'patterns after': 2,
  });
});

test('where the second answer cannot be used the first stays, and nothing is rejected', async () => {
  const { tools } = written((_turns, attempt) => (attempt === 1 ? ALIKE : { 2: 'Something else.' }));
  const { record, rejects, counts } = await thinkStep.work(plain, tools);
  expect(record?.turns.map(({ text }) => text)).toEqual(Object.values(ALIKE));
  expect(rejects).toEqual([]);
  expect(counts).toMatchObject({ enhanced: 3, 'third alike after': 1 });
});

test('turns that nobody asked for are not taken', async () => {
  const { tools } = stepTools(() =>
    JSON.stringify({ turns: [0, 1, 2, 99].map((turn) => ({ turn, text: ALIKE[0] })) }),
  );
  const { record } = await thinkStep.work(plain, tools);
  expect(record?.turns[0]?.text).toBe(ALIKE[0]);
  expect(record?.turns.slice(1)).toEqual(plain.turns.slice(1));
});

test('what a loaded turn was stays beside what it became', async () => {
  const first = { ...plain, turns: plain.turns.map((turn) => ({ ...turn, original: 'as it was loaded' })) };
  const { tools } = written(() => ALIKE);
  const { record } = await thinkStep.work(first, tools);
  expect(record?.turns.map(({ original }) => original)).toEqual(Array(3).fill('as it was loaded'));
});

test('an error of the model passes, once all that there is to ask was asked', async () => {
  const { tools, asked } = stepTools(() => {
    throw new Error('no answer yet');
  });
  await expect(thinkStep.work(SCENE, tools)).rejects.toThrow('no answer yet');
  expect(asked).toHaveLength(2);
});

test('every prompt fits a small context, of any script', async () => {
  for (const line of [
    'The tide is wrong, and so is the hour. '.repeat(8),
    '潮が満ちるまで待つしかない。'.repeat(12),
  ]) {
    const turns = Array.from({ length: 80 }, (_, id) => ({
      id,
      from: [id],
      speaker: id % 2 === 0 ? 'Ada Crane' : 'Perran Hale',
      text: `${line}${id}`,
    }));
    const contextSize = 8192;
    const { tools, asked } = stepTools(() => '', {
      model: () => ({ name: 'small', contextSize, maxTokens: 2048, temperature: 0.7 }),
    });
    await thinkStep.work(sampleConversation({ turns }), tools);
    for (const { request } of asked) {
      const weight = request.messages.reduce((sum, { content }) => sum + weightOf(content), 0);
      expect(weight / 3 + (request.maxTokens ?? 0)).toBeLessThanOrEqual(contextSize);
    }
  }
});

test('a full stop that is taken away is no enhancement', async () => {
  const scene = sampleConversation({
    turns: [
      { id: 0, from: [0], speaker: 'Ada Crane', text: '<role_action>nods.</role_action>Good evening.' },
      { id: 1, from: [1], speaker: 'Perran Hale', text: '<role_action>nods</role_action>Good evening.' },
    ],
  });
  const { tools } = written(() => ({ 0: scene.turns[0]?.text ?? '', 1: scene.turns[1]?.text ?? '' }));
  const { record, counts } = await thinkStep.work(scene, tools);
  expect(record?.turns[0]?.text).toBe('<role_action>nods</role_action>Good evening.');
  expect(counts).toMatchObject({ turns: 2, enhanced: 0, 'mended in form': 1, unchanged: 1 });
});
