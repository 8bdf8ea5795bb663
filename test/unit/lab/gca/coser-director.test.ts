import { describe, expect, test } from 'vitest';
import { RULES, WHOLE } from '../../../../src/lab/coser/protocol.ts';
import { coserNextSpeaker } from '../../../../src/lab/gca/reference/next-speaker.ts';
import { playScene, sceneOf } from '../../../support/gca-scene.ts';

const scene = sceneOf({ speaking_characters_w_env: ['Ada', 'Bo'], major_characters: ['Ada', 'Bo'] });
const coser = {
  ...{ rules: RULES.coser, ablation: { ...WHOLE, dialect: 'coser' as const, plan: false } },
};

/** Plays with what the director says, and gives its last request but for its instructions. */
async function directed(answers: readonly string[], maxRounds: number) {
  let asked = 0;
  const played = await playScene(
    scene,
    ({ of }) => {
      if (of !== 'NSP') return `Words of ${of}.`;
      asked += 1;
      return answers[asked - 1] ?? 'Ada';
    },
    { ...coser, maxRounds },
  );
  return { ...played, last: played.asked.findLast(({ of }) => of === 'NSP')?.request.messages.slice(1) };
}

describe('CoSER’s next-speaker prediction', () => {
  test.each([
    ['Reasoning: Bo was asked.\nNext Speaker: Bo', 'Bo'],
    ['Next Speaker: Ada\nNext Speaker: Bo', 'Ada'],
    ['Bo: he was asked', 'Bo'],
    [' Bo \n', 'Bo'],
    ['bo', 'bo'],
    ['Next Speaker: **Bo**', '**Bo**'],
    ['', 'random'],
    ['<END CHAT>', '<END CHAT>'],
  ])('%j names %j', (answer, name) => {
    expect(coserNextSpeaker(answer)).toBe(name);
  });

  test('a valid answer is remembered whole', async () => {
    const answer = 'Reasoning: Bo was asked.\nNext Speaker: Bo';
    const { last, simulation } = await directed([answer], 2);
    expect(simulation.choices[0]?.reason).toBe('Bo was asked');
    expect(last).toEqual([
      { role: 'user', content: '===Conversation Start===\n\nAda: Words of Ada.' },
      { role: 'assistant', content: answer },
      { role: 'user', content: 'Bo: Words of Bo.' },
    ]);
  });

  test('an invalid one is remembered as the name it gave, and the instructions come again', async () => {
    const { last, simulation } = await directed(['bo'], 2);
    expect(simulation.choices[0]).toMatchObject({ predicted: 'bo', rule: 'fallback' });
    const next = simulation.choices[0]?.next;
    expect(last?.slice(1)).toEqual([
      { role: 'assistant', content: 'bo' },
      { role: 'user', content: `system of NSP\n\n${next}: Words of ${next}.` },
    ]);
  });

  test('it forgets what it thought', async () => {
    const { asked, kept } = await directed(['<think>PLAN of mine</think>Bo'], 3);
    expect(JSON.stringify([asked, kept])).not.toContain('PLAN');
  });

  test('everyone is asked at temperature 0 for 512 tokens, and after an answer of no use at 1', async () => {
    const { asked } = await playScene(
      scene,
      ({ of }, place) => (of === 'NSP' ? 'Bo' : place === 0 ? '[only thinks]' : 'So.'),
      { ...coser, maxRounds: 2 },
    );
    const figures = asked.map(({ of, request }) => [of, request.temperature, request.maxTokens]);
    expect(figures).toEqual([
      ['Ada', 0, 512],
      ['Ada', 1, 512],
      ['NSP', 0, 512],
      ['Bo', 0, 512],
      ['NSP', 0, 512],
    ]);
  });
});
