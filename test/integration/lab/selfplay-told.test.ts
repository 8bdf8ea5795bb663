import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ACTOR, answerTo, JUDGE, scoresOf, seed, selfplayHouse, USER } from './selfplay-house.ts';

const SETTINGS = JSON.stringify({
  en: {
    version: 2,
    characters: [{ char_name: 'Odd', system_prompt: 'A clockwork fox.' }],
    situations: [{ text: 'The user is lost.', num_turns: 2 }],
  },
});

test('a low mark is told as a mark: no report calls it a severity', async () => {
  const house = await selfplayHouse((request) =>
    request.body.model === JUDGE
      ? JSON.stringify({ scores: [scoresOf(1, 1), scoresOf(2, 4)] })
      : answerTo(request),
  );
  await house.play(house.file('settings.json', SETTINGS), '--style pingpong');
  const page = readFileSync(house.path('out/report.html'), 'utf8');
  expect(page).toContain('mark 1 of 5');
  expect(page).not.toMatch(/severity\s+(?:mark|\d)/u);
});

test('who says nothing makes no mistakes: the summary says how much was played', async () => {
  const silent = await selfplayHouse((request) => (request.body.model === ACTOR ? '' : answerTo(request)));
  const { out } = await silent.play(silent.file('seeds.jsonl', [seed('north')]), '--turns 4 --runs 1');
  expect(out).toContain('0.0 % of answers could be played; of 2 exchanges 2 without a turn');

  const mute = await selfplayHouse((request) => (request.body.model === USER ? '…' : answerTo(request)));
  const played = await mute.play(mute.file('seeds.jsonl', [seed('north')]), '--turns 4 --runs 1');
  expect(played.out).toMatch(/100\.0 % of answers could be played; .* [1-9]\d* without a line of the user/u);
});

test('dialogues that failed are summed up with why', async () => {
  const house = await selfplayHouse((request) =>
    request.body.model === ACTOR
      ? {
          fault: 'status',
          status: 400,
          body: { error: { message: 'maximum context length is 8', code: 'context_length_exceeded' } },
        }
      : answerTo(request),
  );
  const { code, out } = await house.play(house.file('seeds.jsonl', [seed('north')]), '--turns 4 --runs 1');
  expect(code).toBe(1);
  expect(out).toMatch(/failed 1,.*\n.*no answer was asked for.*\n {2}failed: The prompt is too long/u);
});
