import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scriptedModel } from '../../../support/scripted-model.ts';
import { publicWords } from '../press.ts';
import { created } from './author.ts';
import { closeWriters, openWriters, type Writers } from './writers.ts';

let writers: Writers;
let answer = '';
const model = scriptedModel({ turn: () => answer });

beforeAll(async () => {
  writers = await openWriters({ engine: { models: { actor: model, director: model } } });
});
afterAll(() => closeWriters(writers));

const TURN =
  '<system_thinking>PLAN-CANARY</system_thinking><role_thinking>THOUGHT-CANARY</role_thinking>' +
  '<role_action>puts down the pen</role_action>Two plus two is four.';

describe('“Try a line”', () => {
  test('shows its author what would be said and thought, and never the plan', async () => {
    const { theatre, another, names } = writers;
    const { double } = theatre;
    answer = TURN;
    const author = await created(theatre, another(), { name: 'Ada Tried', description: 'PRIVATE-CANARY' });
    const form = await author.open('try');
    const sent = double.submitModal(form, { text: 'What is two plus two?' });
    const { content, ephemeral } = await double.replied(sent);
    expect(ephemeral).toBe(true);
    expect(content).toContain('**You** What is two plus two?');
    expect(content).toContain('-# Ada Tried thinks: THOUGHT-CANARY');
    expect(content).toContain('*puts down the pen*');
    expect(content).toContain('Two plus two is four.');
    expect(double.requests.map(({ text }) => text).join('\n')).not.toContain('PLAN-CANARY');
    expect(publicWords(theatre)).not.toContain('CANARY');
    // It was a rehearsal: there is neither a scene nor a character.
    expect(await names()).not.toContain('Ada Tried');
    expect(await theatre.engine().info(`discord:${theatre.channel.id}`)).toBeUndefined();
    expect(theatre.lines()).toEqual([]);
    // The card’s own words were in the prompt, and what was said to it.
    const prompt = JSON.stringify(model.asked.at(-1)?.request.messages);
    expect(prompt).toContain('PRIVATE-CANARY');
    expect(prompt).toContain('What is two plus two?');
  });

  test('the draft stands as it did, and goes on', async () => {
    const { theatre, another, names } = writers;
    answer = TURN;
    const author = await created(theatre, another(), { name: 'Ada Goes On' });
    const screen = author.text();
    const form = await author.open('try');
    await theatre.double.replied(theatre.double.submitModal(form, { text: 'Hello.' }));
    expect(author.text()).toBe(screen);
    await author.press('save');
    expect(await names()).toContain('Ada Goes On');
  });

  test('what cannot be read shows nothing of it', async () => {
    const { theatre, another } = writers;
    const { double } = theatre;
    answer = '<role_thinking>BROKEN-CANARY <system_thinking>PLAN-CANARY';
    const author = await created(theatre, another(), { name: 'Ada Broken' });
    const form = await author.open('try');
    const { content } = await double.replied(double.submitModal(form, { text: 'Hello.' }));
    expect(content).not.toContain('CANARY');
    expect(content).not.toBe('');
  });
});
