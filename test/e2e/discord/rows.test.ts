import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scriptedModel } from '../../support/scripted-model.ts';
import { buttonsUnder, linesWithButtons, rowBearers } from './buttons-under.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

const EDIT = /^\/webhooks\/\d+\/[^/]+\/messages\/\d+$/;
const FRESH = '(◀) ↻ Next Stop ⋯';
const LONG = 'The tide turns, and the ropes complain about it. '.repeat(60).trim();

let theatre: Theatre;
let scene = '';
let speech: ((turn: number) => string) | undefined;
let world = '';
let turns = 0;

beforeAll(async () => {
  const model = scriptedModel({
    turn: (name) => {
      turns += 1;
      return `<role_thinking>THOUGHT-CANARY-${turns}</role_thinking>${speech?.(turns) ?? `Turn ${turns} of ${name}.`}`;
    },
    world: () => world,
  });
  theatre = await openTheatre({
    engine: { models: { actor: model, director: model, narrator: model }, limits: { gatherMs: 0 } },
  });
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
});
afterAll(() => theatre.close());

async function turnOf(who: string): Promise<void> {
  await theatre.engine().next(scene, who);
  await theatre.calm();
}

async function swipe(step: 'previous' | 'next'): Promise<void> {
  await theatre.engine().past.swipe(scene, step, { id: theatre.alice.id, moderator: true });
}

/** Waits until exactly this one line has buttons, which read so. */
async function onlyRow(text: string, buttons = FRESH): Promise<void> {
  await expect
    .poll(() => linesWithButtons(theatre).filter((line) => line.includes(' | ')))
    .toEqual([`${text} | ${buttons}`]);
}

function edits(from = 0): number {
  return theatre.double.requests
    .slice(from)
    .filter(({ method, path }) => method === 'PATCH' && EDIT.test(path)).length;
}

describe('the buttons under a line', () => {
  test('stand under the newest line of a character, and under no other', async () => {
    await turnOf('wenna');
    await onlyRow(`Turn ${turns} of Old Wenna.`);
    await turnOf('tom');
    await onlyRow(`Turn ${turns} of Tom Reddick.`);
  });

  test('cost one edit a line', async () => {
    const from = theatre.double.requests.length;
    for (const who of ['wenna', 'tom', 'wenna', 'tom', 'wenna']) await turnOf(who);
    await onlyRow(`Turn ${turns} of Old Wenna.`);
    expect(edits(from)).toBe(5);
  });

  test('stay where they are when the Narrator or a player says something', async () => {
    const { double, channel, alice } = theatre;
    const last = `Turn ${turns} of Old Wenna.`;
    await theatre.engine().narrate(scene, 'Rain on the planks.');
    const heard = theatre.engine().info(scene);
    double.say(channel, alice, 'It rains again.');
    await expect
      .poll(async () => (await theatre.engine().info(scene))?.beats)
      .toBeGreaterThan((await heard)?.beats ?? 0);
    await onlyRow(last);
    expect(theatre.lines().at(-1)).toBe('Narrator: *Rain on the planks.*');
  });

  test('delay no line, however long Discord takes to take them away', async () => {
    const { double } = theatre;
    const held = double.inject({ method: 'PATCH', match: EDIT, delayMs: 700 });
    await turnOf('tom');
    await turnOf('wenna');
    expect(held.hits()).toBe(1);
    expect(rowBearers(theatre).length).toBeGreaterThan(1);
    await onlyRow(`Turn ${turns} of Old Wenna.`);
  });

  test('stay where Discord lets an old message be changed no more, and nothing else comes of it', async () => {
    const { double, logged } = theatre;
    const body = { code: 30046, message: 'Maximum number of edits to messages older than 1 hour reached.' };
    double.inject({ method: 'PATCH', match: EDIT, status: 400, body });
    await turnOf('tom');
    await expect.poll(() => logged.filter(({ event }) => event === 'row-stays')).toHaveLength(1);
    const [old, newest] = rowBearers(theatre);
    expect(buttonsUnder(old ?? { components: [] })).toBe(FRESH);
    expect(newest?.content).toBe(`Turn ${turns} of Tom Reddick.`);
    expect(logged.filter(({ event }) => event === 'task-failed')).toEqual([]);
    double.remove(old?.id ?? '');
    await onlyRow(`Turn ${turns} of Tom Reddick.`);
  });

  test('tell which of how many versions stands, and the message changes in place', async () => {
    const first = `Turn ${turns} of Tom Reddick.`;
    const [bearer] = rowBearers(theatre);
    await swipe('next');
    const second = `Turn ${turns} of Tom Reddick.`;
    expect(second).not.toBe(first);
    await onlyRow(second, '◀ 2/2 ↻ Next Stop ⋯');
    await swipe('previous');
    await onlyRow(first, '(◀ 1/2) ▶ Next Stop ⋯');
    expect(rowBearers(theatre)[0]?.id).toBe(bearer?.id);
    await turnOf('wenna');
    await onlyRow(`Turn ${turns} of Old Wenna.`);
  });

  test('move to the end of a version with more messages, and back', async () => {
    speech = () => LONG;
    const short = `Turn ${turns} of Old Wenna.`;
    const before = theatre.lines().length;
    await swipe('next');
    await expect.poll(() => theatre.lines().length).toBe(before + 1);
    const parts = theatre.double
      .messages(theatre.channel)
      .slice(-2)
      .map(({ content }) => content);
    expect(parts.join(' ')).toBe(LONG);
    await onlyRow(parts[1] ?? '', '◀ 2/2 ↻ Next Stop ⋯');
    await swipe('previous');
    await onlyRow(short, '(◀ 1/2) ▶ Next Stop ⋯');
    expect(theatre.lines()).toHaveLength(before);
    // That we took the rest away is no deletion of the line.
    expect(JSON.stringify(await theatre.engine().replay(scene))).toContain(short);
  });

  test('a longer version is cut, not torn apart, where somebody has spoken since', async () => {
    speech = undefined;
    const { double, channel, bob } = theatre;
    await turnOf('tom');
    const last = double.say(channel, bob, 'Just passing by.');
    await expect
      .poll(async () => JSON.stringify(await theatre.store.get('stage', `seen/${channel.id}`)))
      .toContain(last.id);
    speech = () => LONG;
    await swipe('next');
    speech = undefined;
    expect(double.messages(channel).at(-1)?.id).toBe(last.id);
    expect(rowBearers(theatre)[0]?.content).toMatch(/^The tide turns.*…$/);
  });

  test('go to the line before when a moderator takes the newest away', async () => {
    await turnOf('wenna');
    const before = `Turn ${turns} of Old Wenna.`;
    await turnOf('tom');
    await onlyRow(`Turn ${turns} of Tom Reddick.`);
    theatre.double.remove(rowBearers(theatre)[0]?.id ?? '');
    await onlyRow(before);
  });

  test('are known after a restart, and taken away when the next line stands', async () => {
    const before = `Turn ${turns - 1} of Old Wenna.`;
    await theatre.restart();
    await onlyRow(before);
    await turnOf('tom');
    await onlyRow(`Turn ${turns} of Tom Reddick.`);
  });

  test('are taken away after a restart also where the process ended before that', async () => {
    const { double } = theatre;
    const held = double.inject({ method: 'PATCH', match: EDIT, destroy: true, times: 10 });
    await turnOf('wenna');
    await theatre.restart();
    held.remove();
    expect(rowBearers(theatre)).toHaveLength(2);
    await turnOf('tom');
    await onlyRow(`Turn ${turns} of Tom Reddick.`);
  });

  test('let what the Narrator inferred be undone', async () => {
    const last = `Turn ${turns} of Tom Reddick.`;
    world = JSON.stringify({
      narration: 'A door opens and falls shut.',
      changes: [{ who: 'Old Wenna', what: 'leaves', how: 'Old Wenna leaves by the cellar door.' }],
    });
    await theatre.engine().narrate(scene);
    await theatre.calm();
    const left = '*Old Wenna leaves by the cellar door.*';
    await expect.poll(() => linesWithButtons(theatre)).toContain(`${left} | Undo`);
    expect(linesWithButtons(theatre)).toContain('*A door opens and falls shut.*');
    const message = theatre.double.messages(theatre.channel).find(({ content }) => content === left);
    const n = Number(/dramatis:undo:(\d+)/.exec(JSON.stringify(message?.components))?.[1]);
    expect(await theatre.engine().past.undo(scene, n)).toBe('Old Wenna');
    await onlyRow(last);
    expect(theatre.lines()).not.toContain(`Narrator: ${left}`);
  });

  test('are gone when the scene has ended', async () => {
    await theatre.engine().end(scene);
    await expect.poll(() => rowBearers(theatre)).toEqual([]);
    expect(theatre.double.unexpected).toEqual([]);
    expect(theatre.double.pings).toEqual([]);
    expect(mentionsAllowed(theatre.double).careless).toEqual([]);
    expect(theatre.double.everythingSent()).not.toContain('CANARY');
  });
});
