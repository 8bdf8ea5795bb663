import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { CommandContext, Who } from '../../../src/engine/command/command.ts';
import { characterChoices } from '../../../src/engine/command/find-character.ts';
import { completeTypedCommand } from '../../../src/engine/command/typed-completion.ts';
import type { ReplyFile } from '../../../src/engine/reply-file.ts';
import { readUpload } from '../../../src/stage/terminal/read-upload.ts';
import { type Desk, openDesk, people, SERVER } from './typing.ts';

const WRITERS = '333333333333333333';
const WRITER: Who = { id: 'id-writer', name: 'writer', manager: false, operator: false, roles: [WRITERS] };
const OTHER: Who = { ...WRITER, id: 'id-other', name: 'other' };

/** A server in which some may bring characters; each line is typed over its library as it is then. */
async function writersDesk() {
  const desk = await openDesk();
  const level = { level: 'server', id: SERVER, server: SERVER } as const;
  await desk.engine.settings.setAll(level, { creatorRoles: [WRITERS] });
  const library = () => desk.engine.cards.library(SERVER);
  const type: Desk['type'] = async (line, as = WRITER, change = {}) =>
    desk.type(line, as, { library: await library(), ...change });
  const complete = async (line: string, as: Who = WRITER) => {
    const context: CommandContext = { ...desk.context(as), library: await library() };
    return (await completeTypedCommand(line, commands, context)).map(({ text }) => text);
  };
  return { ...desk, type, complete, library };
}

describe('/character, typed', () => {
  test('a character is made, changed, shown, and deleted', async () => {
    const { type, library } = await writersDesk();
    expect(
      await type('/character create name: Ada Lovelace looks: Grey silk. greeting: *looks up* Late.'),
    ).toBe('Ada Lovelace can be summoned now: /summon Ada Lovelace. /character edit goes on with the card.');
    expect(await type('/character create Mary Somerville')).toContain(
      'Others see nothing of Mary Somerville yet but the name',
    );
    expect((await library()).character('ada-lovelace')?.greeting).toBe(
      '<role_action>looks up</role_action>Late.',
    );
    expect(await type('/character edit "Ada Lovelace" field: motivation text: To be read.')).toBe(
      'Changed, and it holds from the next turn on: Ada Lovelace, Motivation (private).',
    );
    expect(await type('/character edit name: Ada field: motivation')).toBe(
      'Motivation (private): What they want, and would not say\nTo be read.',
    );
    expect(await type('/character edit name: Ada field: motivation text: -')).toContain('Changed');
    expect((await library()).character('ada-lovelace')?.motivation).toBe('');
    expect(await type('/character edit name: Ada field: age text: ninety')).toContain(
      'refused: Age is a number of years',
    );
    expect(await type('/character edit Ada')).toContain('refused: Say what to change of Ada Lovelace');
    expect(await type('/character delete Ada')).toContain('sure: yes deletes it');
    expect(await type('/character delete Ada sure: yes')).toBe('Ada Lovelace is deleted.');
    expect((await library()).character('ada-lovelace')).toBeUndefined();
  });

  test('is for those who may, and each for their own', async () => {
    const { type } = await writersDesk();
    await type('/character create name: Ada Lovelace description: PRIVATE looks: Grey silk.');
    const refused = /^refused: /u;
    expect(await type('/character create name: Nemo', people.passer)).toMatch(refused);
    expect(await type('/character edit Ada field: looks text: FAKE', OTHER)).toContain('somebody else');
    expect(await type('/character delete Ada sure: yes', OTHER)).toContain('somebody else');
    expect(await type('/character export Ada', OTHER, { replyFiles: async () => {} })).toContain(
      'whoever brought',
    );
    expect(await type('/character delete Wenna sure: yes', people.manager)).toContain('was not brought here');
    expect(await type('/character show Ada', people.passer)).not.toContain('PRIVATE');
    expect(await type('/character show Ada')).toContain('Description: PRIVATE');
    expect(await type('/character show Ada', people.manager)).toContain('Description: PRIVATE');
    expect(await type('/character list', people.passer)).toContain('• Ada Lovelace: brought by <@id-writer>');
  });

  test('of who is for adults nothing more than the name is told in an ordinary channel', async () => {
    const { type, library, context } = await writersDesk();
    await type('/character create name: Ada Lovelace description: PRIVATE looks: LOOKS.');
    await type('/character edit Ada field: tags text: NSFW');
    const [choice] = characterChoices((await library()).find('Ada', 1));
    expect(choice).toEqual({ name: 'Ada Lovelace', value: 'Ada Lovelace' });
    const ask = '/character edit Ada field: looks';
    expect(await type(ask)).toBe('refused: For adults only: more is shown in age-restricted channels.');
    const place = { ...context(WRITER).place, ageRestricted: true };
    expect(await type(ask, WRITER, { place })).toContain('LOOKS.');
    expect(await type(`${ask} text: Grey silk.`)).toContain('Changed');
  });

  test('a file is named by its path where files are read, and else dropped', async () => {
    const { type, library } = await writersDesk();
    const folder = await mkdtemp(join(tmpdir(), 'dramatis-cards-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const handed: ReplyFile[] = [];
    const replyFiles: CommandContext['replyFiles'] = async (_text, files) => void handed.push(...files);
    await type('/character create name: Ada Lovelace looks: Grey silk.');
    await type('/character export Ada as: png', WRITER, { replyFiles });
    const path = join(folder, 'ada with a space.png');
    await writeFile(path, handed[0]?.content ?? '');
    await type('/character delete Ada sure: yes');
    expect(await type(`/character import file: ${path}`)).toContain('refused: No file can be named here');
    expect(await type(`/character import file: ${path}`, WRITER, { readFile: readUpload })).toBe(
      'Brought: Ada Lovelace. Everyone who may play here can summon them.',
    );
    expect((await library()).character('ada-lovelace')?.publicSheet).toBe('Grey silk.');
    expect(await type('/character import', WRITER)).toContain('/character import needs file');
    // Nothing is read for who may not.
    let read = false;
    const readFile = async () => {
      read = true;
      return { name: 'a.json', bytes: new Uint8Array() };
    };
    expect(await type(`/character import file: ${path}`, people.passer, { readFile })).toMatch(/^refused: /u);
    expect(read).toBe(false);
  });

  test.each([
    ['/char', ['/character ']],
    ['/character ed', ['/character edit ']],
    ['/character d', ['/character delete ']],
    ['/character show So', ['/character show Solo Sarah']],
    ['/character show ol', ['/character show Old Wenna']],
    ['/character edit ', ['/character edit Solo Sarah', '/character edit name: ', '/character edit field: ']],
    ['/character edit Sarah field: moti', ['/character edit Sarah field: motivation']],
    ['/character delete name: ', ['/character delete name: Solo Sarah']],
    ['/character export Sarah as: p', ['/character export Sarah as: png']],
    ['/character import ', ['/character import file: ']],
    ['/character delete Sarah sure: ', ['/character delete Sarah sure: yes']],
  ])('%s goes on as %j', async (typed, expected) => {
    const { type, complete } = await writersDesk();
    await type('/character create Solo Sarah');
    await type('/character create Another Ann', OTHER);
    const found = await complete(typed);
    expect(found.slice(0, expected.length)).toEqual(expected);
  });
});
