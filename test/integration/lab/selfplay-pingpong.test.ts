import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { selfplayResultSchema } from '../../../src/lab/selfplay/run/result.ts';
import { ACTOR, answerTo, JUDGE, scoresOf, selfplayHouse, USER } from './selfplay-house.ts';

const settings = (change: Record<string, unknown> = {}) => ({
  en: {
    version: 2,
    characters: [
      {
        char_name: 'Odd',
        system_prompt: 'A clockwork fox.',
        summary: 'a fox of brass',
        initial_message: 'Tick.',
      },
      { char_name: 'Even', system_prompt: 'A river that answers.' },
    ],
    situations: [{ text: 'The user is lost.', num_turns: 2 }, { text: 'The user lies.' }],
    ...change,
  },
});
const resultOf = (text: string) => selfplayResultSchema.parse(JSON.parse(text));

test('every character in every situation, marked turn by turn', async () => {
  const house = await selfplayHouse();
  const data = house.file('settings.json', JSON.stringify(settings()));
  const { code, out } = await house.play(data, '--style pingpong --json');
  expect(code).toBe(0);
  const { cases, figures, manifest } = resultOf(out);
  expect(cases.map(({ exchanges }) => exchanges)).toEqual([2, 4, 2, 4]);
  expect(house.asked(USER)).toHaveLength(12);
  expect(house.asked(ACTOR)).toHaveLength(12);
  expect(house.asked(JUDGE)).toHaveLength(4);
  expect(figures.score).toMatchObject({ overall: { mean: 4, n: 4 }, fluency: { mean: 4 } });
  expect(figures.leaks).toBe(0);
  expect(manifest).toMatchObject({ benchmark: 'pingpong', prompts: { source: 'ours' } });
  expect(manifest.roles['user']).toMatchObject({ model: USER, temperature: 0.8, maxTokens: 1024, calls: 12 });
  expect(manifest.roles[`judge ${JUDGE}`]).toMatchObject({ temperature: 0.1, maxTokens: 4096, calls: 4 });
  expect(manifest.remarks.join(' ')).toContain('do not compare with its table');
  expect(house.asked(USER)[0]?.body).toMatchObject({ temperature: 0.8 });
  expect(house.asked(JUDGE)[0]?.body).toMatchObject({ temperature: 0.1 });
  for (const { promptText } of [...house.asked(USER), ...house.asked(JUDGE)]) {
    expect(promptText).not.toMatch(/THOUGHT-|PLAN-/u);
  }
});

test('a refused dialogue is counted as such, and is in no score', async () => {
  const house = await selfplayHouse((request) =>
    request.body.model === JUDGE && request.promptText.includes('clockwork fox')
      ? JSON.stringify({
          scores: [scoresOf(1, 1), scoresOf(2, 1, true), scoresOf(3, 1), scoresOf(4, 1)].slice(
            0,
            request.promptText.includes('turn 3, the model') ? 4 : 2,
          ),
        })
      : undefined,
  );
  const data = house.file('settings.json', JSON.stringify(settings()));
  const { out } = await house.play(data, '--style pingpong --json');
  const { figures, cases } = resultOf(out);
  expect(cases.filter(({ refused }) => refused)).toHaveLength(2);
  expect(figures.refused.mean).toBe(0.5);
  expect(figures.score['overall']).toMatchObject({ mean: 4, n: 2 });
});

test.each([
  ['a turn is missing', (turns: number) => Array.from({ length: turns - 1 }, (_, at) => scoresOf(at + 1, 3))],
  [
    'a mark is off the scale',
    (turns: number) => Array.from({ length: turns }, (_, at) => scoresOf(at + 1, 6)),
  ],
  [
    'a mark is no whole number',
    (turns: number) => Array.from({ length: turns }, (_, at) => scoresOf(at + 1, 2.5)),
  ],
])('%s: after three tries the dialogue is invalid', async (_what, scores) => {
  const house = await selfplayHouse((request) =>
    request.body.model === JUDGE ? JSON.stringify({ scores: scores(2) }) : undefined,
  );
  const data = house.file(
    'settings.json',
    JSON.stringify(settings({ situations: [{ text: 'S', num_turns: 2 }] })),
  );
  const { code, out } = await house.play(data, '--style pingpong --limit 1 --json');
  expect(code).toBe(1);
  expect(house.asked(JUDGE)).toHaveLength(3);
  expect(resultOf(out).figures).toMatchObject({ invalid: 1, score: {} });
});

test.each(['Hello there!', '{"next_utterance": "…"}', '{"next_utterance": 3}', '{"next_utterance": "Hal'])(
  'an interrogator that answers %s is asked again, and in the end waits',
  async (answer) => {
    const house = await selfplayHouse((request) => (request.body.model === USER ? answer : undefined));
    const data = house.file('settings.json', JSON.stringify(settings()));
    const { out } = await house.play(data, '--style pingpong --limit 1 --json');
    expect(house.asked(USER)).toHaveLength(6);
    expect(resultOf(out).cases[0]).toMatchObject({ userSilent: 2, invalid: false });
    expect(house.asked(ACTOR)[0]?.promptText).toContain('waits for Odd to go on');
  },
);

test('templates of a checkout are filled as they stand', async () => {
  const house = await selfplayHouse((request) =>
    request.body.model === JUDGE
      ? JSON.stringify({ scores: [scoresOf(1, 5), scoresOf(2, 3)] })
      : answerTo(request),
  );
  const folder = house.path('checkout');
  mkdirSync(folder);
  const write = (name: string, text: string) => writeFileSync(`${folder}/${name}`, text);
  write(
    'character.jinja',
    'PLAY {{character.char_name}}: {{character.system_prompt}}{% if character.example_prompt %} EX{% endif %}\n',
  );
  write('is.jinja', 'Do as told.\n');
  write(
    'iu.jinja',
    'TO "{{char_summary}}" ABOUT "{{situation}}", next_utterance\n{% for message in messages %}\n{% if message.role in ("assistant",) %}player{% else %}{{message.role}}{% endif %}: {{message.content}}\n{% endfor %}\nNOW',
  );
  write('js.jinja', 'Judge.');
  write(
    'ju.jinja',
    'OF {{char_description}}\n{% for message in messages %}{% if loop.index % 2 == 1%}\nTurn {{(loop.index + 1) // 2}}:\n{% endif %}{% if message.role == "assistant"%}player{% else %}{{message.role}}{% endif %}: {{message.content.strip()}}\n{% endfor %}',
  );
  const paths = {
    character_prompt_path: 'character.jinja',
    interrogator_system_prompt_path: 'is.jinja',
    interrogator_user_prompt_path: 'iu.jinja',
    judge_system_prompt_path: 'js.jinja',
    judge_user_prompt_path: 'ju.jinja',
  };
  const data = house.file('settings.json', JSON.stringify(settings(paths)));
  const args = [
    '--style',
    'pingpong',
    '--data',
    data,
    '--out',
    house.path('out'),
    '--limit',
    '1',
    '--prompts',
    folder,
  ];
  const { out } = await house.run([...args, '--actor-format', 'plain', '--json']);
  expect(house.asked(ACTOR)[0]?.body.messages?.[0]?.content).toBe('PLAY Odd: A clockwork fox.');
  const [first, second] = house.asked(USER);
  expect(first?.body.messages?.[1]?.content).toBe(
    'TO "a fox of brass" ABOUT "The user is lost.", next_utterance\n\nNOW',
  );
  expect(second?.body.messages?.[1]?.content).toMatch(
    /\n\nuser: Tell me more, \w+\.\n\nplayer: .+\n\nNOW$/su,
  );
  expect(house.asked(JUDGE)[0]?.promptText).toMatch(
    /^\nJudge\.\nOF PLAY Odd: A clockwork fox\.\n\nTurn 1:\nuser: .+\nplayer: .+\n\nTurn 2:\nuser: /su,
  );
  const { figures, manifest } = resultOf(out);
  expect(figures.score['overall']?.mean).toBe(4);
  expect(manifest.prompts.source).toBe('pingpong');
});

test('the shipped characters and situations can all be played', async () => {
  const house = await selfplayHouse();
  const { code, out } = await house.run(['--style', 'pingpong', '--out', house.path('out'), '--json']);
  expect(code).toBe(0);
  expect(resultOf(out).cases).toHaveLength(16);
});

test('settings that cannot be used are refused in a line', async () => {
  const house = await selfplayHouse();
  const data = house.file('settings.json', JSON.stringify(settings()));
  const run = (...args: string[]) =>
    house.run(['--style', 'pingpong', '--data', data, '--out', house.path('out'), ...args]);
  expect((await run('--language', 'ru')).err).toContain('has no language “ru”; it has en');
  expect((await run('--prompts', house.path('nowhere'))).err).toContain('name no character_prompt_path');
  const bad = house.file('bad.json', JSON.stringify(settings({ characters: [{ char_name: 'X' }] })));
  expect((await run('--data', bad)).err).toContain('en.characters.0.system_prompt');
});

test('what an interrogator thinks within its line is told to nobody and kept nowhere', async () => {
  const utterances = [
    '<think>HUSHED</think>Which way?',
    '<role_thinking>HUSHED</role_thinking>Which way?',
    'Which way?\nOdd: HUSHED',
    '<think>HUSHED',
  ];
  let n = 0;
  const house = await selfplayHouse((request) => {
    if (request.body.model !== USER) return undefined;
    n += 1;
    return JSON.stringify({ next_utterance: utterances[n % utterances.length] });
  });
  const data = house.file('settings.json', JSON.stringify(settings()));
  await house.play(data, '--style pingpong --limit 2');
  for (const { promptText } of house.double.prompts) expect(promptText).not.toContain('HUSHED');
  for (const name of ['calls', 'transcripts', 'dialogues']) {
    const lines = JSON.stringify(house.lines(`out/${name}.jsonl`));
    expect(lines).toContain('Which way?');
    expect(lines).not.toContain('HUSHED');
  }
});
