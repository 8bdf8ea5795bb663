import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { User } from '../../doubles/discord/world/entities.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { type CanaryBench, canaryBench } from './bench/canary-bench.ts';
import { openTheatre, type Theatre } from './discord-theatre.ts';
import { mentionsAllowed } from './mentions-allowed.ts';

let theatre: Theatre;
let canary: CanaryBench;
let manager: User;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  process.env['TMPDIR'] = folder;
  canary = canaryBench();
  const model = scriptedModel({ turn: () => 'Aye, aye.' });
  theatre = await openTheatre({
    operators: ['alice'],
    engine: { bench: canary.bench, currency: 'EUR', models: { actor: model, director: model } },
  });
  const { double, server } = theatre;
  manager = double.addUser({ username: 'manager' });
  double.addMember(server, manager, { roles: [double.addRole(server, { permissions: ['ManageGuild'] })] });
});
afterEach(async () => {
  canary.letGo();
  const { double, logged } = theatre;
  await theatre.close();
  expect(double.unexpected).toEqual([]);
  expect(mentionsAllowed(double).careless).toEqual([]);
  expect(JSON.stringify(double.requests)).not.toContain('CANARY');
  expect(JSON.stringify(logged)).not.toContain('CANARY');
  // Nothing of what was played is written down.
  expect(await readdir(folder)).toEqual([]);
  delete process.env['TMPDIR'];
  await rm(folder, { recursive: true });
});

const begin = (user: User, place = theatre.channel) =>
  theatre.double.slash(place, user, 'bench quick', { confirm: true });

async function told(action: string, user: User, place = theatre.channel): Promise<string> {
  return (await theatre.double.replied(theatre.double.slash(place, user, `bench ${action}`))).content;
}

/** Waits until an answer reads so; how far it is was told in its place before. */
async function reads(words: string, since: number): Promise<string> {
  const fits = ({ message }: { message: { content: string } }) => message.content.includes(words);
  return (await theatre.double.waitFor('message-edited', fits, { since })).message.content;
}

test('it says what it takes, begins once confirmed, tells how far it is, and ends with figures alone', async () => {
  const { alice, double } = theatre;
  expect(await told('show', alice)).toContain('No benchmark was run');
  const plan = await told('quick', alice);
  expect(plan).toContain('player-1 plays 2 scenes of the project’s own, 3 rounds each; critic-1 judges.');
  expect(plan).toMatch(/about \d+ calls, \d+ tokens and [\d.]+ EUR/);
  expect(plan).toContain('confirm: yes');
  expect(canary.asked).toEqual([]);

  canary.hold();
  const since = double.position();
  const asked = begin(alice);
  await canary.waits();
  expect(await readdir(folder)).toEqual([]);
  expect(await told('show', alice)).toMatch(/^0 of 2 scenes judged; \d+ of about \d+ calls answered\.$/);
  // A scene plays meanwhile.
  await theatre.start({ cast: 'Old Wenna', preset: 'called-only' });
  await theatre.engine().next(`discord:${theatre.channel.id}`, 'wenna');
  await theatre.line(/Aye/);
  canary.letGo();

  const content = await reads('Judged by', since);
  expect((await double.replied(asked)).ephemeral).toBe(true);
  expect(await reads('of about', since)).toMatch(/scenes judged/);
  expect(content).toContain('**player-1**, in 2 scenes of the project’s own, 3 rounds each');
  expect(content).toMatch(/^Overall: [\d.]+ of 100 \([\d.]+ to [\d.]+\)$/m);
  expect(content).toMatch(/^Storyline Quality: [\d.]+ of 100/m);
  expect(content).toContain('Invalid: 0 of 2 scenes');
  expect(content).toContain('Format: 100 % of its answers could be played. Leaks: 0.');
  expect(content).toMatch(/^\d+ calls, \d+ tokens, [\d.]+ EUR, \d+ s\.$/m);
  expect(content).toContain('Judged by critic-1.');
  expect(await told('show', alice)).toBe(content);
  expect(
    (await theatre.engine().budgets.usage(theatre.server.id)).today.byModel.map(({ model }) => model),
  ).toEqual(['scripted']);
});

test('nobody but the operator may, a manager neither; alone with the bot the operator may, too', async () => {
  const { alice, bob, double } = theatre;
  for (const action of ['quick', 'show', 'stop']) {
    expect(await told(action, manager)).toBe('Only the operator of this bot may do that.');
  }
  expect(double.offers(theatre.channel, bob, 'bench')).toBe(false);
  expect(await told('quick', alice, double.dm(alice))).toContain('player-1 plays 2 scenes');
  expect(canary.asked).toEqual([]);
});

test('one at a time; /bench stop ends it, and nothing more is asked', async () => {
  const { alice, double } = theatre;
  expect(await told('stop', alice)).toBe('No benchmark is under way.');
  canary.hold();
  const since = double.position();
  begin(alice);
  await canary.waits();
  expect((await double.replied(begin(alice))).content).toContain('under way already');
  expect(await told('stop', alice)).toContain('is stopped');
  await reads('was stopped', since);
  const { length } = canary.asked;
  canary.letGo();
  expect(await told('show', alice)).toContain('was stopped');
  expect(canary.asked).toHaveLength(length);
  // And another may begin.
  const again = double.position();
  begin(alice);
  await reads('Overall: ', again);
});

test('it ends with the engine', async () => {
  canary.hold();
  begin(theatre.alice);
  await canary.waits();
  await theatre.engine().close();
  expect(theatre.engine().bench.state()).toEqual({ kind: 'stopped' });
});
