import { afterAll, beforeAll, expect, test } from 'vitest';
import { scriptedModel } from '../../support/scripted-model.ts';
import { smallCharacter, smallLibrary } from '../../support/small-library.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { publicWords } from './press.ts';

const model = scriptedModel({ turn: (name) => `<role_thinking>Well</role_thinking>Yes, said ${name}.` });
const ROWS = [
  { user_name: 'Mara', character_name: 'Old Wenna' },
  ...Array.from({ length: 40 }, (_, at) => ({ name: 'Old Wenna', is_user: false, mes: `Line ${at + 1}.` })),
  { name: 'Mara', is_user: true, mes: 'Is there a boat?' },
  {
    name: 'Old Wenna',
    is_user: false,
    mes: '<think>PLAN-CANARY</think><role_thinking>SECRET-CANARY</role_thinking>*nods* "At four."',
    extra: { reasoning: 'REASON-CANARY' },
  },
];
const CHAT = ROWS.map((row) => JSON.stringify(row)).join('\n');

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre({
    library: smallLibrary([smallCharacter('wenna', 'Old Wenna', { greeting: 'GREETING' })]),
    engine: { models: { actor: model, director: model, narrator: model }, limits: { gatherMs: 0 } },
  });
});
afterAll(async () => {
  const { double, logged } = theatre;
  expect(double.unexpected).toEqual([]);
  expect(publicWords(theatre)).not.toContain('CANARY');
  expect(JSON.stringify(logged)).not.toContain('CANARY');
  await theatre.close();
});

test('a chat goes on in a channel: the last lines stand there, and the cast remembers the rest', async () => {
  const { alice, double, channel } = theatre;
  const file = { name: 'evening.jsonl', data: CHAT };
  const { content } = await double.replied(double.slash(channel, alice, 'scene import', { file }));
  expect(content).toContain('“Old Wenna” goes on here. 42 lines were taken over');
  await theatre.line('At four.');
  await theatre.calm();
  const words = publicWords(theatre);
  expect(words).toContain('Line 40.');
  expect(words).not.toContain('Line 30.');
  expect(words).not.toContain('GREETING');
  double.say(channel, alice, 'Wenna, the first thing that you said?');
  await theatre.line('said Old Wenna');
  await theatre.calm();
  const asked = JSON.stringify(model.asked.findLast(({ of }) => of === 'Old Wenna')?.request);
  expect(asked).toContain('Line 30.');
  expect(asked).toContain('SECRET-CANARY');
  expect(asked).not.toMatch(/PLAN-CANARY|REASON-CANARY/);
});

test('whose cards are not here is told before anything begins', async () => {
  const { alice, double, channel } = theatre;
  const file = { name: 'other.jsonl', data: JSON.stringify({ name: 'Old Pew', mes: 'Coach!' }) };
  const { content } = await double.replied(double.slash(channel, alice, 'scene import', { file }));
  expect(content).toContain('There speak: Old Pew.');
});
