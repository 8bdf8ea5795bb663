import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChatModel } from '../../../src/model/chat-model.ts';
import { promptOf } from '../../support/answering-model.ts';
import { heldModel } from '../../support/held-model.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';

let theatre: Theatre;
let judge: ReturnType<typeof heldModel>;
let scene: string;

const LINES: Readonly<Record<string, string>> = {
  'Old Wenna':
    '<system_thinking>PLAN-CANARY</system_thinking><role_thinking>THOUGHT-CANARY of Wenna</role_thinking>I will see to it.',
  'Tom Reddick':
    '<system_thinking>PLAN-CANARY</system_thinking><role_thinking>THOUGHT-CANARY of Tom</role_thinking>Has anyone seen the vault key?',
};

beforeEach(async () => {
  const actor = scriptedModel({ turn: (name) => LINES[name] ?? 'Aye.' });
  judge = heldModel({ name: 'gemma' });
  const models: Record<string, ChatModel> = { actor, director: actor, judge };
  theatre = await openTheatre({ engine: { models, limits: { gatherMs: 0 } } });
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
});
afterEach(() => theatre.close());

test('/scene report on Discord: an answer that comes late, for the asker alone, with nothing hidden in it', async () => {
  const { alice, channel, double } = theatre;
  const engine = theatre.engine();
  const player = { id: alice.id, name: 'Alice' };
  await engine.whisper(scene, {
    player,
    to: ['wenna'],
    text: 'The vault key hangs behind Aldous. WHISPER-CANARY',
  });
  await theatre.calm();
  await engine.next(scene, 'tom');
  const { id } = await theatre.line(/vault key/);
  await theatre.calm();
  const n = await engine.past.beatOf(scene, id);

  const asked = double.slash(channel, alice, 'scene report', { lines: 1 });
  const prompt = promptOf(await judge.asked(1));
  expect(prompt).toContain('Has anyone seen the vault key?');
  expect(prompt).not.toMatch(/WHISPER-CANARY|PLAN-CANARY|of Wenna/);
  // The scene goes on while the judge reads.
  await engine.next(scene, 'wenna');
  await theatre.line(/see to it/);
  judge.answer(1, '{"knows_too_much": {"quote": "the vault key", "found": true}, "reason": "JUDGE-CANARY"}');
  const { content, ephemeral } = await double.replied(asked);
  expect(content).toContain(`#${n} Tom Reddick: knows too much (“vault key”), by rules and gemma.`);
  expect(content).toContain('advisory');
  expect(content).not.toContain('CANARY');
  expect(ephemeral).toBe(true);
  const sent = JSON.stringify(double.messages(channel));
  expect(sent).not.toMatch(/THOUGHT-CANARY|PLAN-CANARY|WHISPER-CANARY|JUDGE-CANARY/);
});

test('a visitor may not ask for it', async () => {
  const { bob, channel, double } = theatre;
  const { content } = await double.replied(double.slash(channel, bob, 'scene report'));
  expect(content).toContain('Only the one who started this scene');
});
