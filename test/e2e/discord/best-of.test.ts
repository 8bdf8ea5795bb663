import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import { type ModelDouble, startModelDouble } from '../../doubles/model/model-double.ts';
import { bestOfModels } from '../../support/best-of-models.ts';
import { linesWithButtons } from './buttons-under.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';
import { newestLine } from './press.ts';

let mind: ModelDouble;
let theatre: Theatre;
beforeAll(async () => {
  mind = await startModelDouble();
  theatre = await openTheatre({
    engine: {
      models: bestOfModels(mind.url),
      limits: { bestOf: 3, gatherMs: 0, consideringAfterMs: 60_000 },
    },
  });
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  await theatre.calm();
});
afterAll(async () => {
  await theatre.close();
  await mind.close();
});

/** Somebody speaks to a character, who answers once. */
async function answered(name: string): Promise<string[]> {
  const { alice, channel, double } = theatre;
  const before = theatre.lines();
  const from = double.position();
  double.say(channel, alice, `${name}, what now?`);
  await theatre.line(/\(line \d+\)/, channel, from);
  await theatre.calm();
  return theatre.lines().slice(before.length);
}

async function asked(name: string, values: Record<string, string> = {}): Promise<string> {
  const { alice, channel, double } = theatre;
  return (await double.replied(double.slash(channel, alice, name, values))).content;
}

describe('a scene on Discord in which a judge chooses', () => {
  test('shows one line of three drafts, with the others behind its buttons', async () => {
    const lines = await answered('Old Wenna');
    expect(lines).toHaveLength(1);
    expect(mind.prompts.filter(({ body }) => body.model === 'judge-1')).toHaveLength(4);
    await expect.poll(() => linesWithButtons(theatre).at(-1)).toMatch(/\(◀ 1\/3\) ▶ ↻? ?Next Stop ⋯$/);
  });

  test('a draft that lost takes the line’s place without another request', async () => {
    const { alice, double } = theatre;
    const requests = mind.prompts.length;
    const { id, content } = newestLine(theatre);
    double.click(id, BUTTONS.following, alice);
    await expect.poll(() => linesWithButtons(theatre).at(-1)).toContain('◀ 2/3');
    expect(newestLine(theatre).id).toBe(id);
    expect(newestLine(theatre).content).not.toBe(content);
    await theatre.calm();
    expect(mind.prompts).toHaveLength(requests);
    double.click(id, BUTTONS.previous, alice);
    await expect.poll(() => newestLine(theatre).content).toBe(content);
  });

  test('/why names judge and principle', async () => {
    const words = await asked('why');
    expect(words).toMatch(/judge-1 chose it among 3 drafts\. What decided: “[^”]+”\./);
  });

  test('/usage counts what choosing cost', async () => {
    expect(await asked('usage')).toMatch(/1 turn chosen among 3 drafts in 2 comparisons/);
  });

  test('/scene report looks it over', async () => {
    expect(await asked('scene report')).toContain('Looked over');
  });

  test('another character answers, and has read nothing of either', async () => {
    const thoughts = mind.canaries.thought.map(({ canary }) => canary);
    const from = mind.prompts.length;
    expect(await answered('Tom Reddick')).toHaveLength(1);
    const prompts = mind.prompts.slice(from).map(({ promptText }) => promptText);
    expect(prompts.length).toBeGreaterThanOrEqual(7);
    for (const canary of thoughts) expect(prompts.join('\n')).not.toContain(canary);
  });
});

test('no word of a judge, no thought and no plan was sent; no prompt held a plan or a judge’s words', () => {
  const { double, logged } = theatre;
  expect(mind.canaries.judge.length).toBeGreaterThanOrEqual(8);
  const sent = double.everythingSent();
  expect(sent).not.toMatch(/(?:JUDGE|THOUGHT|PLAN)-CANARY/);
  const prompts = mind.prompts.map(({ promptText }) => promptText).join('\n');
  expect(prompts).not.toMatch(/(?:JUDGE|PLAN)-CANARY/);
  expect(JSON.stringify(logged)).not.toContain('CANARY');
  expect(double.unexpected).toEqual([]);
  expect(double.pings).toEqual([]);
  expect(mentionsAllowed(double).careless).toEqual([]);
  expect(logged.filter(({ event }) => event === 'task-failed' || event === 'command-broke')).toEqual([]);
});
