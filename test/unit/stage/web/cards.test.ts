import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openLibrary } from '../../../../src/cast/library/library.ts';
import { blankCard } from '../../../../src/stage/web/page/editor/card-draft.ts';
import type { ServerMessage, ServerMessageOf } from '../../../../src/stage/web/server-message.ts';
import { joinStage, type StageClient } from './stage-client.ts';
import { openWebHouse, type WebHouse } from './web-house.ts';

const SHIPPED = fileURLToPath(new URL('../../../../characters', import.meta.url));

const VESNA = {
  ...blankCard(),
  name: 'Vesna Morn',
  description: 'Keeps the lighthouse. DESCRIPTION',
  scenario: 'The lamp room.',
  first_mes: '<role_thinking>Late again</role_thinking>You came up the stairs.',
  tags: ['sea'],
  from_elsewhere: { kept: ['whole'] },
  extensions: {
    other_program: { kept: true },
    dramatis: {
      ...blankCard().extensions.dramatis,
      motivation: 'Wants the lamp to go out. MOTIVE',
      public_sheet: 'A keeper.',
      examples: [{ to: 'Is the lamp lit?', turn: '<role_thinking>Not for long</role_thinking>It is lit.' }],
    },
  },
};

async function atTheDesk(): Promise<{ web: WebHouse; client: StageClient }> {
  const ownDir = await mkdtemp(join(tmpdir(), 'dramatis-desk-'));
  const library = await openLibrary({ shippedDir: SHIPPED, ownDir });
  const web = await openWebHouse(library);
  onTestFinished(async () => {
    await web.close();
    await library.close();
    await rm(ownDir, { recursive: true });
  });
  const client = await joinStage(web.url);
  client.send({ type: 'open' });
  await client.seen('opened');
  return { web, client };
}

function as<T extends ServerMessage['type']>(type: T, message: ServerMessage): ServerMessageOf<T> {
  expect(message).toMatchObject({ type });
  return message as ServerMessageOf<T>;
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('the desk of the local stage', () => {
  test('a new card is saved, opened whole, changed and deleted', async () => {
    const { web, client } = await atTheDesk();
    const saved = as('card-saved', await client.ask({ type: 'card-save', card: VESNA }));
    const { id } = saved.character;
    expect(saved.character).toMatchObject({ name: 'Vesna Morn', source: 'own', about: 'A keeper.' });
    await client.seen('library', ({ library }) => library.characters.some((one) => one.id === id));

    const opened = as('card-open', await client.ask({ type: 'card-open', character: id }));
    expect(opened.card).toMatchObject({
      first_mes: VESNA.first_mes,
      from_elsewhere: { kept: ['whole'] },
      extensions: {
        other_program: { kept: true },
        dramatis: { motivation: VESNA.extensions.dramatis.motivation },
      },
    });

    const changed = { ...opened.card, description: 'Keeps two lighthouses.' };
    const again = as('card-saved', await client.ask({ type: 'card-save', character: id, card: changed }));
    expect(again.character.id).toBe(id);
    expect(web.library.character(id)?.description).toBe('Keeps two lighthouses.');

    expect(await client.ask({ type: 'card-delete', character: id })).toMatchObject({ type: 'done' });
    expect(web.library.character(id)).toBeUndefined();
    expect(await client.ask({ type: 'card-open', character: id })).toMatchObject({
      type: 'error',
      code: 'player',
    });
  });

  test('what another tab saved meanwhile is not written over unseen', async () => {
    const { web, client } = await atTheDesk();
    const { id } = as('card-saved', await client.ask({ type: 'card-save', card: VESNA })).character;
    const other = await joinStage(web.url);
    other.send({ type: 'open' });
    await other.seen('opened');
    const { card } = as('card-open', await other.ask({ type: 'card-open', character: id }));
    const mine = { ...card, description: 'Mine.' };
    const theirs = { ...card, personality: 'Theirs.' };
    as('card-saved', await other.ask({ type: 'card-save', character: id, card: theirs }));
    as('card-saved', await other.ask({ type: 'card-save', character: id, card: theirs }));
    expect(await client.ask({ type: 'card-save', character: id, card: mine })).toMatchObject({
      type: 'error',
      code: 'player',
    });
    expect(web.library.character(id)?.personality).toBe('Theirs.');
    as('card-saved', await client.ask({ type: 'card-save', character: id, card: mine }));
    expect(web.library.character(id)?.description).toBe('Mine.');
    await other.close();
  });

  test('what ships is copied, and cannot be deleted', async () => {
    const { web, client } = await atTheDesk();
    const opened = as('card-open', await client.ask({ type: 'card-open', character: 'mr-darcy' }));
    const card = { ...opened.card, name: 'Fitz of Pemberley', description: 'Another.' };
    const saved = as('card-saved', await client.ask({ type: 'card-save', character: 'mr-darcy', card }));
    expect(saved.character).toMatchObject({ source: 'own', name: 'Fitz of Pemberley' });
    expect(web.library.character('mr-darcy')?.description).not.toBe('Another.');
    expect(await client.ask({ type: 'card-delete', character: 'mr-darcy' })).toMatchObject({ type: 'error' });
    expect(web.library.character('mr-darcy')).toBeDefined();
  });

  test.each(['v3', 'v2', 'png', 'yaml'] as const)(
    'as %s a card goes out and comes in the same',
    async (as_) => {
      const { web, client } = await atTheDesk();
      const { character } = as('card-saved', await client.ask({ type: 'card-save', card: VESNA }));
      const first = as('card-open', await client.ask({ type: 'card-open', character: character.id }));
      const { file } = as(
        'file',
        await client.ask({ type: 'card-export', character: character.id, as: as_ }),
      );
      await client.ask({ type: 'card-delete', character: character.id });
      const data = file.base64 ? file.content : Buffer.from(file.content).toString('base64');
      const brought = as('card', await client.ask({ type: 'card', name: file.name, data }));
      expect(brought.characters).toHaveLength(1);
      const id = brought.characters[0]?.id ?? '';
      const second = as('card-open', await client.ask({ type: 'card-open', character: id }));
      expect(second.card).toMatchObject({
        name: first.card.name,
        description: first.card.description,
        first_mes: first.card.first_mes,
        from_elsewhere: { kept: ['whole'] },
        extensions: { other_program: { kept: true }, dramatis: first.card.extensions.dramatis },
      });
      expect(web.library.character(id)?.greeting).toContain('Late again');
    },
  );

  test('shows the prompt and tries a turn of a card that nobody has saved', async () => {
    const { web, client } = await atTheDesk();
    const { prompt } = as('card-preview', await client.ask({ type: 'card-preview', card: VESNA }));
    const words = prompt.map(({ content }) => content).join('\n');
    expect(words).toContain('MOTIVE');
    expect(words).toContain('DESCRIPTION');
    const { turn } = as(
      'card-tried',
      await client.ask({ type: 'card-try', card: VESNA, cue: 'Is the lamp lit?' }),
    );
    expect(turn).toEqual({
      segments: [
        { kind: 'thought', text: 'Not for long' },
        { kind: 'speech', text: 'It is lit.' },
      ],
      faults: [],
    });
    expect(web.library.characters().some(({ name }) => name === VESNA.name)).toBe(false);
  });

  test('says which field is wrong, and that nobody can be asked', async () => {
    const { client } = await atTheDesk();
    const huge = { ...VESNA, description: 'x'.repeat(100_001) };
    expect(await client.ask({ type: 'card-save', card: huge })).toMatchObject({
      type: 'error',
      message: expect.stringMatching(/description.*100,000/),
    });
    expect(await client.ask({ type: 'card-enrich', card: VESNA })).toMatchObject({
      type: 'error',
      code: 'player',
    });
  });

  test('a picture is kept with the card, shown at a new address, and taken away', async () => {
    const { web, client } = await atTheDesk();
    const { character } = as('card-saved', await client.ask({ type: 'card-save', card: VESNA }));
    const picture = (await readFile(join(SHIPPED, 'narrator.png'))).toString('base64');
    const with_ = as(
      'card-saved',
      await client.ask({ type: 'card-save', character: character.id, card: VESNA, picture }),
    );
    expect(with_.character.avatar).not.toBe(character.avatar);
    const shown = await fetch(new URL(with_.character.avatar, web.url));
    expect(shown.headers.get('content-type')).toBe('image/png');
    const without = as(
      'card-saved',
      await client.ask({ type: 'card-save', character: character.id, card: VESNA, picture: null }),
    );
    const plain = await fetch(new URL(without.character.avatar, web.url));
    expect(plain.headers.get('content-type')).toBe('image/svg+xml');
  });

  test('a file comes in pieces, once, and is refused where it grows too large', async () => {
    const { client } = await atTheDesk();
    const bytes = Buffer.from(JSON.stringify({ spec: 'chara_card_v3', spec_version: '3.0', data: VESNA }));
    const cut = Math.floor(bytes.length / 6) * 3;
    for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
      const data = piece.toString('base64');
      expect(await client.ask({ type: 'card-part', upload: 'one', data })).toMatchObject({ type: 'done' });
    }
    const whole = { type: 'card', name: 'vesna.json', upload: 'one' } as const;
    expect(as('card', await client.ask(whole)).characters).toMatchObject([{ name: 'Vesna Morn' }]);
    expect(await client.ask(whole)).toMatchObject({ type: 'error', code: 'player' });
    expect(await client.ask({ type: 'card', name: 'vesna.json' })).toMatchObject({ code: 'malformed' });

    const data = Buffer.alloc(9 * 1024 * 1024).toString('base64');
    for (let piece = 0; piece < 3; piece += 1) await client.ask({ type: 'card-part', upload: 'two', data });
    expect(await client.ask({ type: 'card-part', upload: 'two', data })).toMatchObject({
      type: 'error',
      message: expect.stringContaining('32 MB'),
    });
  });

  test('a lorebook comes in as a world, is looked into, exported and deleted', async () => {
    const { client } = await atTheDesk();
    const world = {
      name: 'The quay',
      entries: {
        0: { uid: 0, key: ['lantern'], keysecondary: [], content: 'It burns whale oil.', comment: 'Lamp' },
      },
    };
    const brought = as('card', await client.ask({ type: 'card', name: 'quay.json', data: base64(world) }));
    expect(brought).toMatchObject({
      characters: [],
      worlds: [{ name: 'The quay', entries: 1, here: false }],
    });
    const id = brought.worlds[0]?.id ?? '';
    const inside = as('world', await client.ask({ type: 'world-open', world: id }));
    expect(inside.entries).toMatchObject([{ keys: ['lantern'], text: 'It burns whale oil.', enabled: true }]);
    const { file } = as('file', await client.ask({ type: 'world-export', world: id }));
    expect(JSON.parse(file.content)).toMatchObject(world);
    await client.ask({ type: 'world-delete', world: id });
    expect(as('worlds', await client.ask({ type: 'world-list' })).worlds).toEqual([]);
    expect(await client.ask({ type: 'world-open', world: id })).toMatchObject({
      type: 'error',
      code: 'player',
    });
  });
});

test('a chat that is dropped goes on as a scene of its own', async () => {
  const { client } = await atTheDesk();
  const rows = [
    { user_name: 'Mara', character_name: 'Mr. Darcy' },
    { name: 'Mara', is_user: true, mes: 'The roads.' },
    { name: 'Mr. Darcy', is_user: false, mes: '<role_thinking>SECRET</role_thinking>So I see.' },
  ];
  const data = Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')).toString('base64');
  const { moved, characters, warnings } = as(
    'card',
    await client.ask({ type: 'card', name: 'evening.jsonl', data }),
  );
  expect(characters).toEqual([]);
  expect(warnings[0]).toBe('“Mr. Darcy” goes on here. 2 lines were taken over; the cast remembers them.');
  client.send({ type: 'open', scene: moved ?? '' });
  const { beats, scene } = await client.seen('opened', (message) => message.scene.id === moved);
  expect(scene.players.map(({ name }) => name)).toEqual(['Mara']);
  expect(beats.map(({ segments }) => segments[0]?.text)).toEqual(['The roads.', 'So I see.']);
  const refused = await client.ask({
    type: 'card',
    name: 'other.jsonl',
    data: Buffer.from('{"name":"Pew","mes":"Coach!"}').toString('base64'),
  });
  expect(refused).toMatchObject({ type: 'error', code: 'player' });
});
