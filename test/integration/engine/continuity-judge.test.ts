import { describe, expect, test } from 'vitest';
import { type ChatModel, ModelError } from '../../../src/model/chat-model.ts';
import { answeringModel, promptOf } from '../../support/answering-model.ts';
import { ASKER, found, LEAK, LEAKED, marksIn, SECRET, scene } from '../../support/continuity-scene.ts';
import { heldModel } from '../../support/held-model.ts';
import { OWNER, SCENE } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

describe('a judge', () => {
  test('is believed where it quotes the line, and read by nobody where it does not', async () => {
    const judge = {
      ...answeringModel(),
      name: 'gemma',
      async *stream(request) {
        const answer = promptOf(request).includes('Mind the tide.')
          ? found('out_of_card', 'MIND — the tide')
          : found('out_of_card', 'JUDGE-CANARY: her thought was THOUGHT-CANARY');
        yield { type: 'text', text: answer };
      },
    } satisfies ChatModel;
    const { next, report } = await scene(
      {
        'Old Wenna': ['<role_thinking>THOUGHT-CANARY</role_thinking>*coughs* Evening.'],
        'Tom Reddick': ['Mind the tide.'],
      },
      judge,
    );
    await next('wenna');
    const n = await next('tom');
    const told = await report();
    expect(marksIn(told)).toEqual([`${n} out-of-card “Mind the tide” gemma`]);
    expect(told).toMatchObject({ looked: 3, model: 'gemma', unread: 0 });
    expect(JSON.stringify(told)).not.toContain('CANARY');
  });

  test('reads what the speaker perceived, and nothing else', async () => {
    const judge = answeringModel();
    const { engine, next, report } = await scene(
      {
        'Old Wenna': [
          '<system_thinking>PLAN-CANARY</system_thinking><role_thinking>WENNA-THOUGHT</role_thinking>I hear you.',
          '<role_thinking>WENNA-THOUGHT-2</role_thinking>Evening.',
        ],
        'Tom Reddick': [
          '<system_thinking>PLAN-CANARY</system_thinking><role_thinking>TOM-THOUGHT</role_thinking>Aye.',
          'Tide turns.',
        ],
      },
      judge,
    );
    await engine.whisper(SCENE, { player: OWNER, to: ['wenna'], text: SECRET });
    await engine.idle(SCENE);
    await next('wenna');
    await next('tom');
    await next('tom');
    await report();
    const prompts = judge.asked.map(promptOf);
    const of = (line: string) =>
      prompts.find((prompt) => new RegExp(`line-\\S+\\n${line}`).test(prompt)) ?? '';
    expect(of('Tide turns.')).toContain('TOM-THOUGHT');
    expect(of('Tide turns.')).not.toMatch(/WHISPER-CANARY|WENNA-THOUGHT|MOTIVE-wenna/);
    expect(of('Evening.')).toContain('WHISPER-CANARY');
    expect(of('Evening.')).not.toMatch(/TOM-THOUGHT|MOTIVE-tom|WENNA-THOUGHT-2/);
    expect(of('Aye.')).not.toMatch(/Tide turns|TOM-THOUGHT/);
    for (const prompt of prompts) expect(prompt).not.toContain('PLAN-CANARY');
  });

  test('is asked once more where it cannot be read, and then counts as one that said nothing', async () => {
    const judge = { ...answeringModel(), name: 'prose' };
    const asked: string[] = [];
    judge.stream = async function* (request) {
      asked.push(promptOf(request));
      yield { type: 'text', text: 'I like this line. CANARY' };
    };
    const { next, report } = await scene({}, judge);
    await next('wenna');
    await next('tom');
    const told = await report(2);
    expect(told).toMatchObject({ looked: 2, unread: 2, model: 'prose', lines: [] });
    expect(asked).toHaveLength(4);
    const again = asked.filter((prompt) => prompt.includes('could not be read'));
    expect(again).toHaveLength(2);
    for (const prompt of again) expect(prompt).not.toContain('CANARY');
  });

  test('that fails costs nothing but its own word', async () => {
    const judge = { ...answeringModel(), name: 'down' };
    judge.stream = async function* () {
      yield* [];
      throw new ModelError('unreachable', 'Start it.', { retryable: true });
    };
    const { next, report } = await scene({ 'Old Wenna': [LEAK] }, judge);
    const n = await next('wenna');
    const told = await report();
    expect(marksIn(told)).toEqual([`${n} thought-leaked “${LEAKED}” rules`]);
    expect(told.unread).toBe(1);
  });

  test('does not hold up the scene, and what is gone when it has answered is not told', async () => {
    const judge = heldModel();
    const { engine, next, report } = await scene(
      { 'Old Wenna': ['Mind the tide.', 'Aye.', 'Rope is rope.'] },
      judge,
    );
    await next('wenna');
    const asked = report(1);
    await judge.asked(1);
    await expect(report(1)).rejects.toThrow('being made');
    await next('wenna');
    const lines = (await engine.replay(SCENE)).filter(({ kind }) => kind === 'line');
    expect(lines.at(-1)?.segments[0]?.text).toBe('Aye.');
    await engine.past.reword(SCENE, lines.at(-2)?.n ?? 0, 'Gone with the ebb.');
    judge.answer(1, found('out_of_card', 'Mind the tide'));
    expect(await asked).toMatchObject({ lines: [], looked: 1, unread: 0 });
    // And the next report may be asked for, of what was played since.
    await next('wenna');
    const again = report(1);
    await judge.asked(2);
    judge.answer(2, found('out_of_card', 'Rope is rope'));
    expect((await again).lines).toHaveLength(1);
  });

  test('is let go of when whoever asked does not wait', async () => {
    const judge = heldModel();
    const { engine, next, report } = await scene({}, judge);
    await next('wenna');
    await next('tom');
    const controller = new AbortController();
    const asked = engine.continuity.report(SCENE, ASKER, 2, controller.signal);
    await judge.asked(2);
    controller.abort();
    await expect(asked).rejects.toThrow('abort');
    expect(judge.aborted()).toBe(2);
    const again = report(1);
    await judge.asked(3);
    judge.answer(3, '{"faults": []}');
    expect((await again).unread).toBe(0);
  });
});

test('where nothing more may be spent the judge is not asked, and the report says why', async () => {
  const judge = answeringModel();
  const { engine, next, report } = await scene(
    { 'Old Wenna': [LEAK] },
    judge,
    { stage: createRecordingStage('discord', true), limits: { turnsPerSceneDay: 1 } },
    { id: 'discord:quay', stage: 'discord', server: 's1' },
  );
  const n = await next('wenna');
  const told = await report();
  expect(judge.asked).toEqual([]);
  expect(marksIn(told)).toEqual([`${n} thought-leaked “${LEAKED}” rules`]);
  expect(told.model).toBeUndefined();
  expect(told.stopped).toBeDefined();
  await engine.close();
});
