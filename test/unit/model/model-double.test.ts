import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adversarialTurns, herTurn, nextSpeaker } from '../../doubles/model/her-replies.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';

let double: ModelDouble;
beforeAll(async () => {
  double = await startModelDouble({ models: ['one', 'two'] });
});
afterAll(() => double.close());

async function post(body: object, path = '/chat/completions'): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${double.url}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: 'one', ...body }),
  });
}

async function contentOf(body: object): Promise<string> {
  const answer = (await (await post(body)).json()) as { choices: [{ message: { content: string } }] };
  return answer.choices[0].message.content;
}

const actor = [
  { role: 'system', content: 'You are Ada from The Lantern Inn.' },
  { role: 'user', content: 'Ben: Hello.' },
];

describe('the model double', () => {
  test('lists its models', async () => {
    const list = await (await fetch(`${double.url}/models`)).json();
    expect(list).toMatchObject({ object: 'list', data: [{ id: 'one' }, { id: 'two' }] });
  });

  test('answers whole where no stream is asked for, with usage', async () => {
    double.reply('Hello.');
    expect(await (await post({ messages: actor })).json()).toMatchObject({
      choices: [{ message: { content: 'Hello.' }, finish_reason: 'stop' }],
      usage: { completion_tokens: 2 },
    });
  });

  test('streams legacy completions as text', async () => {
    double.reply('Hello.');
    const events = await (await post({ prompt: 'Say hello', stream: true }, '/completions')).text();
    expect(events).toContain('"text":"Hello."');
    expect(events.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  test('records what was asked, and tests can wait for it', async () => {
    const count = double.prompts.length + 1;
    double.reply((request) => `You said: ${request.promptText.length}`);
    const [content] = await Promise.all([contentOf({ messages: actor }), double.received(count)]);
    expect(content).toBe(`You said: ${double.prompts.at(-1)?.promptText.length}`);
    expect(double.prompts.at(-1)?.body.messages).toEqual(actor);
  });

  test('plays a turn by itself, with new canaries in the hidden layers', async () => {
    const plans = double.canaries.plan.length;
    const content = await contentOf({ messages: actor });
    const plan = double.canaries.plan[plans] ?? '';
    const thought = double.canaries.thought[plans];
    expect(thought).toMatchObject({ speaker: 'Ada' });
    expect(content).toMatch(/^<system_thinking>.*<\/system_thinking>.*<role_thinking>.*<role_action>.*\w/);
    expect(content).toContain(plan);
    expect(content).toContain(thought?.canary);
    expect(await contentOf({ messages: actor })).not.toContain(plan);
  });

  test.each([
    'You are an actor in a scene.\n\n## Your character: Ada\n\nShe keeps the inn.',
    'You are an actor in a scene.\n\nBen: Hello.\n\n[Ada’s turn. Begin with <system_thinking>.]',
  ])('knows whose turn it is', async (content) => {
    await contentOf({ messages: [{ role: 'user', content }] });
    expect(double.canaries.thought.at(-1)?.speaker).toBe('Ada');
  });

  test('names nobody but characters where no schema came with the question', async () => {
    const content = 'Who is next?\n- Cyd (a player: waits)\n- Ben\n- random: anyone\n{"next_speaker": "…"}';
    expect(JSON.parse(await contentOf({ messages: [{ role: 'user', content }] }))).toEqual({
      next_speaker: 'Ben',
    });
  });

  test('goes on from a plan that the request opened', async () => {
    const messages = [...actor, { role: 'assistant', content: '<system_thinking>' }];
    expect(await contentOf({ messages, continue_final_message: true })).toMatch(
      /^PLAN-CANARY-\d+.*<\/system_thinking>/,
    );
  });

  test('plays the Environment without hidden layers', async () => {
    const messages = [{ role: 'system', content: 'You are the Environment of this scene.' }];
    expect(await contentOf({ messages })).not.toMatch(/</);
  });

  test('names who spoke the longest ago where a director asks', async () => {
    const schema = {
      type: 'object',
      properties: {
        reasoning: { type: 'string' },
        next_speaker: { type: 'string', enum: ['Ada', 'Ben', 'Wendy', 'random', '<END CHAT>'] },
      },
    };
    const messages = [{ role: 'user', content: 'Wendy: Hm.\nAda: Hello.\nBen: Hello.' }];
    const response_format = { type: 'json_schema', json_schema: { name: 'next', schema } };
    expect(JSON.parse(await contentOf({ messages, response_format }))).toMatchObject({
      next_speaker: 'Wendy',
    });
  });
});

describe('HER replies', () => {
  test("are written in HER's own format", () => {
    expect(herTurn({ plan: 'p', thought: 't', action: 'a', speech: 's', name: 'Ada' })).toBe(
      '<system_thinking>p</system_thinking>Ada: <role_thinking>t</role_thinking><role_action>a</role_action>s',
    );
    expect(herTurn({ speech: 's' })).toBe('s');
    expect(JSON.parse(nextSpeaker('Ben'))).toMatchObject({ next_speaker: 'Ben' });
  });

  test('go wrong in many ways, each with hidden texts of its own', () => {
    const turns = adversarialTurns('Ada', 'Ben', 'x');
    const hidden = turns.flatMap((turn) => turn.hidden);
    expect(new Set(turns.map(({ name }) => name)).size).toBe(turns.length);
    expect(new Set(hidden).size).toBe(hidden.length);
    for (const { text, reasoning = '', hidden: canaries, shown } of turns) {
      for (const canary of canaries) expect(text + reasoning).toContain(canary);
      for (const part of shown) expect(text).toContain(part);
    }
  });
});
