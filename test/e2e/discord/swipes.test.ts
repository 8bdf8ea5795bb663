import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUTTONS } from '../../../src/stage/discord/card/buttons.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { linesWithButtons, rowBearers } from './buttons-under.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';
import { newestLine, refusal } from './press.ts';

const EXECUTE = /^\/webhooks\/\d+\/[^/]+$/;
const EDIT = /^\/webhooks\/\d+\/[^/]+\/messages\/\d+$/;

let theatre: Theatre;
let scene = '';
let turns = 0;
let world = '';
let holds: Promise<void> | undefined;
let aborted = 0;

beforeAll(async () => {
  const scripted = scriptedModel({
    turn: (name) => `<role_thinking>THOUGHT-CANARY</role_thinking>Turn ${++turns} of ${name}.`,
    world: () => world,
  });
  const model = {
    ...scripted,
    async *stream(...asked: Parameters<typeof scripted.stream>) {
      const [, signal] = asked;
      const broken = new Promise<void>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
      broken.catch(() => undefined);
      if (holds) {
        await Promise.race([holds, broken]).catch((error: unknown) => {
          aborted += 1;
          throw error;
        });
      }
      yield* scripted.stream(...asked);
    },
  };
  theatre = await openTheatre({
    engine: {
      models: { actor: model, director: model, narrator: model },
      limits: { gatherMs: 0, consideringAfterMs: 60_000 },
    },
  });
  await theatre.start({ cast: 'Old Wenna, Tom Reddick', preset: 'called-only' });
  scene = `discord:${theatre.channel.id}`;
  await theatre.calm();
});
afterAll(() => theatre.close());

/** Someone speaks to a character, who answers: the line that stands then. */
async function answered(name: string, to: { id: string }): Promise<string> {
  const from = theatre.double.position();
  theatre.double.say(theatre.channel, to, `${name}, what now?`);
  await theatre.line(/^Turn/, theatre.channel, from);
  await theatre.calm();
  const text = `Turn ${turns} of ${name}.`;
  await expect.poll(() => newestLine(theatre).content).toBe(text);
  return text;
}

function alone(): number {
  return [theatre.alice, theatre.bob].flatMap((user) => theatre.double.ephemerals(user)).length;
}

describe('the buttons under the newest line', () => {
  test('draft another version in its place and turn the pages, without a word', async () => {
    const { alice, double } = theatre;
    const first = await answered('Old Wenna', alice);
    const told = alone();
    const { id } = newestLine(theatre);
    double.click(id, BUTTONS.following, alice);
    await expect.poll(() => newestLine(theatre).content).not.toBe(first);
    const second = `Turn ${turns} of Old Wenna. | ◀ 2/2 ↻ Next Stop ⋯`;
    await expect.poll(() => linesWithButtons(theatre)).toContain(second);
    double.click(id, BUTTONS.previous, alice);
    await expect.poll(() => linesWithButtons(theatre)).toContain(`${first} | (◀ 1/2) ▶ Next Stop ⋯`);
    expect(newestLine(theatre).id).toBe(id);
    expect(alone()).toBe(told);
  });

  test('are for the player whom the line answered, and for nobody else but who runs the scene', async () => {
    const { alice, bob, double } = theatre;
    const first = await answered('Tom Reddick', alice);
    expect(await refusal(theatre, newestLine(theatre), BUTTONS.following, bob)).toContain(
      'answers somebody else',
    );
    expect(newestLine(theatre).content).toBe(first);
    const own = await answered('Tom Reddick', bob);
    double.click(newestLine(theatre), BUTTONS.following, bob);
    await expect.poll(() => newestLine(theatre).content).not.toBe(own);
  });

  test('refuse where the scene has gone on since, though they still stand there', async () => {
    const { alice, double } = theatre;
    await answered('Old Wenna', alice);
    const { id: old, content } = newestLine(theatre);
    const body = { code: 30046, message: 'Maximum number of edits to messages older than 1 hour reached.' };
    double.inject({ method: 'PATCH', match: EDIT, status: 400, body });
    await answered('Tom Reddick', alice);
    expect(rowBearers(theatre).map(({ id }) => id)).toContain(old);
    expect(await refusal(theatre, old, BUTTONS.following, alice)).toContain('gone on since');
    expect(double.message(old).content).toBe(content);
  });

  test('Next calls whoever is most likely to speak', async () => {
    const { bob, double, channel } = theatre;
    const from = double.position();
    double.click(newestLine(theatre), BUTTONS.next, bob);
    await theatre.line(/^Turn/, channel, from);
    await theatre.calm();
  });

  test('Stop ends what is being made at once, whatever the scene is busy with', async () => {
    const { alice, double, server } = theatre;
    const stranger = double.addUser({ username: 'stranger' });
    double.addMember(server, stranger);
    const gate = Promise.withResolvers<void>();
    holds = gate.promise;
    const before = theatre.lines().length;
    await theatre.engine().next(scene, 'wenna');
    const slow = double.inject({ method: 'POST', match: EXECUTE, delayMs: 600 });
    const told = theatre.engine().narrate(scene, 'A long, long wave.');
    let standing = false;
    const done = told.then(() => {
      standing = true;
    });
    await expect.poll(slow.hits).toBe(1);
    const refused = await refusal(theatre, newestLine(theatre), BUTTONS.stop, stranger);
    expect(refused).toContain('Only those who take part');
    expect(aborted).toBe(0);
    const press = double.click(newestLine(theatre), BUTTONS.stop, alice);
    await expect.poll(() => aborted).toBe(1);
    expect(standing).toBe(false);
    await done;
    holds = undefined;
    gate.resolve();
    await theatre.calm();
    expect(theatre.lines()).toHaveLength(before + 1);
    expect(double.replies(press)).toEqual([]);
  });

  test('Stop says so where there is nothing to stop', async () => {
    expect(await refusal(theatre, newestLine(theatre), BUTTONS.stop, theatre.bob)).toContain(
      'Nothing was being made',
    );
  });
});

describe('Undo under a going that was told of', () => {
  test('is for who runs the scene, and takes it back', async () => {
    const { alice, bob, double, channel } = theatre;
    world = JSON.stringify({
      narration: 'A door falls shut.',
      changes: [{ who: 'Old Wenna', what: 'leaves', how: 'Old Wenna leaves by the cellar door.' }],
    });
    await theatre.engine().narrate(scene);
    await theatre.calm();
    const left = await theatre.line('leaves by the cellar door', channel);
    const [undo = ''] = /dramatis:undo:\d+/.exec(JSON.stringify(left.components)) ?? [];
    expect(await refusal(theatre, left, undo, bob)).toContain('Only the one who started this scene');
    double.click(left, undo, alice);
    await expect.poll(() => double.message(left).deleted).toBe(true);
    const cast = (await theatre.engine().info(scene))?.cast ?? [];
    expect(cast.find(({ character }) => character.id === 'wenna')?.present).toBe(true);
  });
});

test('nothing of all that rings for anyone, is unknown to Discord, or shows a thought', () => {
  const { double, logged } = theatre;
  expect(double.unexpected).toEqual([]);
  expect(double.pings).toEqual([]);
  expect(mentionsAllowed(double).careless).toEqual([]);
  expect(double.everythingSent()).not.toContain('CANARY');
  expect(logged.filter(({ event }) => event === 'task-failed' || event === 'command-broke')).toEqual([]);
});
