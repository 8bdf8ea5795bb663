import { describe, expect, test } from 'vitest';
import { config } from '../../../commands/config.ts';
import {
  type CommandContext,
  type CommandValues,
  type Place,
  runAction,
} from '../../../src/engine/command/command.ts';
import type { ReplyFile } from '../../../src/engine/reply-file.ts';
import { PlayerError } from '../../../src/errors.ts';
import { render } from '../../../src/words/render.ts';
import { CHANNEL, type Desk, lineOf, openDesk, people, SERVER } from './typing.ts';

const IN_CATEGORY: Place = { ...CHANNEL, category: 'k1' };

const ROLE = '222222222222222222';

describe('/config export and import', () => {
  test('take a whole configuration out, and put it back', async () => {
    const desk = await openDesk({}, IN_CATEGORY);
    const { type, engine } = desk;
    await type('/config set turnsPerLine 5 level: server');
    await type(`/config set playerRoles ${ROLE} level: server`);
    await type('/config set peek nobody character: Tom');
    const file = await exported(desk);
    await type('/config reset server');
    await type('/config set peek everyone character: Tom');
    expect(await imported(desk, file)).toMatch(/^refused: The settings here were changed after/);
    expect((await engine.settings.rules(CHANNEL)).turnsPerLine).toBe(3);
    expect(await imported(desk, file, { anyway: true })).toBe(
      'The configuration is that of the file now; changed values: 3.',
    );
    const rules = await engine.settings.rules(CHANNEL, 'tom');
    expect(rules).toMatchObject({ turnsPerLine: 5, playerRoles: [ROLE], peek: 'nobody' });
    await engine.audit.settled();
    const [last, ...before] = (await engine.audit.recent(SERVER)).map(({ text }) => render(text));
    expect([last, ...before.slice(0, 2)].toSorted()).toEqual(
      [
        'A configuration file was imported.',
        'peek for tom: everyone → nobody',
        `turnsPerLine in the whole server: not set → 5\nplayerRoles in the whole server: not set → <@&${ROLE}>`,
      ].toSorted(),
    );
    expect(await imported(desk, await exported(desk))).toBe('The file holds what was set already.');
  });

  test('say which roles and channels this server does not have', async () => {
    const desk = await openDesk();
    const file = JSON.stringify({ version: 1, revision: 0, levels: { server: { playerRoles: [ROLE] } } });
    const change = { known: () => false };
    expect(await imported(desk, file, {}, change)).toContain('not in this server: playerRoles.');
  });

  test.each<[string, string, string]>([
    ['no JSON', '{\n  "version": 1,\n}', 'Line 3: this is not JSON.'],
    ['nothing', '   ', 'file is empty'],
    ['another thing', '[1]', 'Line 1: This is no configuration'],
    ['too much', '{"version":1,"revision":0,"levels":{},\n"more":1}', 'Line 2: “more” does not belong here.'],
    [
      'a level twice',
      '{"version":1,"revision":0,"levels":{\n"server":{"peek":"owner"},\n"server":{}}}',
      'Line 3: “server” stands twice in the same place.',
    ],
    ['no version', '{\n"revision":0,"levels":{}}', 'Line 1: “version” must be 1.'],
    ['no levels', '{"version":1,"revision":0,\n"levels":[]}', 'Line 2: “levels” must hold'],
    ['a level', '{"version":1,"revision":0,"levels":{\n"planet/1":{}}}', 'Line 2: “planet/1” is no level'],
    [
      'a setting',
      '{"version":1,"revision":0,"levels":{"server":{\n"turnsPerLife":1}}}',
      'Line 2: There is no setting “turnsPerLife”.',
    ],
    [
      'a value',
      '{"version":1,"revision":0,"levels":{"server":{\n"gatherMs":1,\n"turnsPerLine":\n77}}}',
      'Line 4: turnsPerLine is a whole number from 0 to 20.',
    ],
    [
      'the wrong level',
      '{"version":1,"revision":0,"levels":{"channel/222222222222222222":{\n"logWhispers":true}}}',
      'Line 2: logWhispers can only be set for: server.',
    ],
    [
      'a part of a value',
      '{"version":1,"revision":0,"levels":{"server":{"playerRoles":[\n"all"]}}}',
      'Line 1: playerRoles is a list of up to 50 ids, each in quotes.',
    ],
    ['a newer version', '{"version":2,"rooms":[]}', 'This file is from a newer version of the bot'],
  ])('refuse a file with %s wrong, and change nothing', async (_what, file, said) => {
    const desk = await openDesk();
    await desk.type('/config set turnsPerLine 5');
    const before = await desk.engine.settings.whole(SERVER);
    const told = await imported(desk, file, { anyway: true });
    expect(told).toMatch(/^refused: /);
    expect(told).toContain(said);
    expect(await desk.engine.settings.whole(SERVER)).toEqual(before);
  });

  test('of a file with many faults ten are told, by line', async () => {
    const desk = await openDesk();
    const wrong = Array.from({ length: 15 }, (_one, i) => `"no${i}": 1`).join(',\n');
    const told = await imported(desk, `{"version":1,"revision":0,"levels":{"server":{\n${wrong}}}}`);
    const lines = told.split('\n').slice(1, -1);
    expect(lines.map((line) => line.split(':')[0])).toEqual(
      Array.from({ length: 10 }, (_one, i) => `Line ${i + 2}`),
    );
    expect(told).toContain('… and 5 more.');
  });

  test('where there is only a line to type in, what is in the file is pasted', async () => {
    const desk = await openDesk({}, { scene: 'web:one', stage: 'web' });
    expect(await desk.type('/config import settings.json')).toMatch(/^refused: No file can be chosen here/);
    const file = '{"version":1,"revision":0,"levels":{"server":{"turnsPerLine":7}}}';
    expect(await desk.type(`/config import ${file}`)).toMatch(/changed values: 1\.$/);
    expect(lineOf(await desk.type('/config show'), 'turnsPerLine')).toContain('7: ');
    expect(await desk.type('/config export')).toMatch(/^refused: No files can be handed over here/);
  });
});

async function exported({ type }: Desk): Promise<string> {
  const files: ReplyFile[] = [];
  await type('/config export', people.manager, {
    async replyFiles(_text, given) {
      files.push(...given);
    },
  });
  return files.map(({ content }) => content).join('');
}

/** As a surface does that reads the file itself. */
async function imported(
  { context }: Desk,
  file: string,
  values: CommandValues = {},
  change: Partial<CommandContext> = {},
): Promise<string> {
  let told = '';
  const action = config.actions?.['import'];
  if (!action) throw new Error('There is no /config import.');
  const asked: CommandContext = {
    ...context(),
    ...change,
    async reply(text) {
      told = render(text);
    },
  };
  try {
    await runAction(action, asked, { file, ...values });
  } catch (error) {
    if (!(error instanceof PlayerError)) throw error;
    told = `refused: ${error.message}`;
  }
  return told;
}
