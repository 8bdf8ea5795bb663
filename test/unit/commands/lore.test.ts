import { describe, expect, test } from 'vitest';
import type { Place } from '../../../src/engine/command/command.ts';
import type { ReplyFile } from '../../../src/engine/reply-file.ts';
import { smallWorld } from '../../support/lore-house.ts';
import { smallBook } from '../../support/small-book.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { CHANNEL, openDesk, people, SERVER } from './typing.ts';

const HARBOUR = {
  ...smallWorld(
    'the-harbour',
    smallBook(
      { keys: ['lamp', 'light'], name: 'harbour light', text: 'Dark since March.' },
      { constant: true, name: 'the tide', text: 'It turns at four.' },
      { keys: ['x'], name: 'old', text: 'Gone.', enabled: false },
    ),
    'The Harbour',
  ),
  by: people.starter.id,
  raw: {
    name: 'The Harbour',
    entries: [{ keys: ['lamp', 'light'], name: 'harbour light', content: 'Dark since March.', mine: 1 }],
  },
};
const INLAND = smallWorld('inland', smallBook({ keys: ['hill'], text: 'Hills.' }), 'Inland');

async function deskWithWorlds(options: Parameters<typeof openDesk>[0] = {}, place?: Place) {
  const worlds = [HARBOUR, INLAND];
  const library = {
    ...smallLibrary(),
    worlds: () => worlds,
    world: (id: string) => worlds.find((world) => world.id === id),
  };
  const desk = await openDesk({ ...options, library }, place);
  const worldsAt = async (cardId?: string) =>
    (await desk.engine.settings.rules({ ...CHANNEL, ...place }, cardId)).worlds;
  const open = async () => {
    const { scene: id, stage, server = SERVER } = CHANNEL;
    await desk.engine.start({ id, stage, server, owner: people.starter, cast: ['tom', 'wenna'], seed: 1 });
    await desk.engine.idle(id);
  };
  return { ...desk, worldsAt, open };
}

describe('/lore list', () => {
  test('names the worlds, and for whom each is in play', async () => {
    const { type, open } = await deskWithWorlds();
    await open();
    await type('/lore use Inland where: server');
    await type('/lore use "The Harbour" for: Old Wenna');
    expect(await type('/lore list', people.passer)).toBe(
      '• The Harbour (the-harbour): 3 entries, in play for Old Wenna\n• Inland (inland): 1 entry, in play here',
    );
  });

  test('says how one comes in where none is', async () => {
    const { type } = await openDesk();
    expect(await type('/lore list')).toMatch(/^refused: No world is here yet: \/lore import/);
  });
});

describe('/lore use and drop', () => {
  test('of the scene’s owner hold for the scene, beside what is set around it', async () => {
    const { type, worldsAt, open } = await deskWithWorlds();
    await type('/lore use Inland where: server');
    await open();
    expect(await type('/lore use the harbour', people.starter)).toBe(
      'The Harbour is in play in this scene now: the cast knows of it what is spoken of.',
    );
    expect(await worldsAt()).toEqual(['inland', 'the-harbour']);
    expect(await type('/lore use The-Harbour', people.starter)).toMatch(/already/);
    expect(await type('/lore drop Inland where: here', people.starter)).toBe(
      'Inland is no longer in play in this scene.',
    );
    expect(await worldsAt()).toEqual(['the-harbour']);
    expect(await type('/lore drop Inland', people.starter)).toBe('Inland is not in play in this scene.');
  });

  test('beyond the scene are for who manages the server', async () => {
    const { type, worldsAt, open } = await deskWithWorlds();
    await open();
    for (const where of ['where: channel', 'where: server', 'for: Tom Reddick']) {
      expect(await type(`/lore use Inland ${where}`, people.starter)).toMatch(/^refused: Only members with/);
    }
    expect(await type('/lore use Inland', people.passer)).toMatch(/^refused: Only the one who started/);
    expect(await worldsAt()).toEqual([]);
    await type('/lore use Inland for: Tom Reddick');
    expect(await worldsAt('tom')).toEqual(['inland']);
    expect(await worldsAt('wenna')).toEqual([]);
  });

  test('where no scene plays, hold in the channel, and only who manages the server may', async () => {
    const { type, worldsAt } = await deskWithWorlds();
    expect(await type('/lore use Inland', people.passer)).toMatch(/^refused: Only members with/);
    expect(await type('/lore use Inland')).toContain('in this channel');
    expect(await worldsAt()).toEqual(['inland']);
    expect(await type('/lore use Inland where: here')).toMatch(/^refused: No scene is playing here/);
  });

  test('say where something closer is set', async () => {
    const { type } = await deskWithWorlds();
    await type('/lore use Inland where: channel');
    expect(await type('/lore use "The Harbour" where: server')).toMatch(
      /in play in this server now.*\nHere other worlds are set, from this channel\.$/,
    );
  });

  test('are in the moderators’ log, as changes of the setting', async () => {
    const { engine, type } = await deskWithWorlds();
    await type('/lore use Inland where: server');
    await engine.audit.settled();
    expect(JSON.stringify(await engine.audit.recent(SERVER))).toContain('worlds');
  });

  test('are what /config sets and shows by id, and of what is not there it takes nothing', async () => {
    const { type, worldsAt } = await deskWithWorlds();
    expect(await type('/config set worlds inland,the-harbour')).toBe(
      'worlds is inland, the-harbour in this channel now.',
    );
    expect(await type('/config set worlds inland,nowhere')).toMatch(
      /^refused: Not a world of this place: nowhere\./,
    );
    expect(await worldsAt()).toEqual(['inland', 'the-harbour']);
    expect(await type('/config set worlds none')).toBe('worlds is none in this channel now.');
    expect(await type('/config set worlds The-Harbour!')).toMatch(/^refused: worlds is up to 50 worlds/);
  });

  test('of a name that nobody gave name what is near', async () => {
    const { type } = await deskWithWorlds();
    expect(await type('/lore use Inlnd')).toMatch(
      /^refused: There is no world “Inlnd” here\. Did you mean Inland\?/,
    );
  });

  test('work in the terminal, where there is no channel', async () => {
    const place: Place = { scene: 'terminal:one', stage: 'terminal' };
    const { type } = await deskWithWorlds({}, place);
    expect(await type('/lore use Inland')).toContain('on this machine');
    expect(await type('/lore use Inland where: channel')).toMatch(/^refused: There is no channel here/);
  });
});

describe('/lore show, export and delete', () => {
  test('tell of entries only who brought them, and moderators', async () => {
    const { type } = await deskWithWorlds({ limits: { creatorRoles: [] } });
    const creator = { ...people.passer, roles: ['1'] };
    expect(await type('/lore show "The Harbour"')).toBe(
      [
        'The Harbour (the-harbour): 3 entries',
        '• harbour light: “lamp”, “light”',
        '• the tide: needs no key',
        '• old: switched off, “x”',
      ].join('\n'),
    );
    expect(await type('/lore show Inland', creator)).toMatch(/^refused: /);
    expect(await type('/lore export Inland', creator)).toMatch(/^refused: /);
  });

  test('hand a world out as a lorebook', async () => {
    const { type } = await deskWithWorlds();
    const files: ReplyFile[] = [];
    const replyFiles = async (_text: unknown, found: readonly ReplyFile[]) => void files.push(...found);
    await type('/lore export "The Harbour"', people.manager, { replyFiles });
    expect(files.map(({ name }) => name)).toEqual(['the-harbour.json']);
    expect(JSON.parse(String(files[0]?.content))).toMatchObject({
      spec: 'lorebook_v3',
      data: {
        name: 'The Harbour',
        entries: [{ keys: ['lamp', 'light'], name: 'harbour light', content: 'Dark since March.', mine: 1 }],
      },
    });
    await type('/lore export "The Harbour" as: sillytavern', people.manager, { replyFiles });
    expect(JSON.parse(String(files[1]?.content))).toMatchObject({
      entries: { 0: { key: ['lamp', 'light'] } },
    });
    expect(await type('/lore export Inland')).toMatch(/^refused: No files can be handed over here/);
  });

  test('ask before a world is gone', async () => {
    const { type } = await deskWithWorlds();
    expect(await type('/lore delete Inland')).toMatch(/^Delete Inland for good\?/);
  });
});
