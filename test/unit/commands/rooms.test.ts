import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { Place } from '../../../src/engine/command/command.ts';
import { completeTypedCommand } from '../../../src/engine/command/typed-completion.ts';
import { CHANNEL, type Desk, openDesk, people } from './typing.ts';

/** A thread of the channel where the scene plays. */
const THREAD: Place = { ...CHANNEL, scene: 'discord:t1', parent: 'c1', parentScene: CHANNEL.scene };
const inThread = { place: THREAD };

async function startedDesk(): Promise<Desk> {
  const desk = await openDesk();
  await desk.type('/scene start cast: Tom, Wenna preset: called-only setting: The quay');
  return desk;
}

async function deskWithCellar(): Promise<Desk> {
  const desk = await startedDesk();
  await desk.type('/scene room the cellar', people.manager, inThread);
  return desk;
}

describe('/scene room', () => {
  test('typed in a thread makes it a place of the scene of its channel', async () => {
    const { type, engine } = await startedDesk();
    const said = await type('/scene room the cellar', people.manager, inThread);
    expect(said).toBe(
      '“the cellar” is a room of “The quay” now. /enter there takes you in, /move brings characters, /map shows who is where.',
    );
    const info = await engine.info(THREAD.scene);
    expect(info?.record.id).toBe(CHANNEL.scene);
    expect(info?.rooms).toEqual([{ id: THREAD.scene, name: 'the cellar' }]);
  });

  test('typed in the channel opens a thread of that name', async () => {
    const { type, engine } = await startedDesk();
    const titles: string[] = [];
    const openThread = async (title: string) => {
      titles.push(title);
      return THREAD;
    };
    await type('/scene room the cellar', people.manager, { openThread });
    expect(titles).toEqual(['the cellar']);
    expect((await engine.info(THREAD.scene))?.record.id).toBe(CHANNEL.scene);
  });

  test('where there are no threads is a place all the same', async () => {
    const place: Place = { scene: 'terminal:play', stage: 'terminal', quiet: true };
    const { type, engine } = await openDesk({}, place);
    await type('/scene start cast: Tom');
    expect(await type('/scene room The Old Cellar')).toContain('“The Old Cellar” is a room of “A scene”');
    expect((await engine.info(place.scene))?.rooms).toEqual([
      { id: 'terminal:play/the-old-cellar', name: 'The Old Cellar' },
    ]);
    expect(await type('/move Tom cellar')).toContain(
      'There is no room “cellar” here. Did you mean The Old Cellar?',
    );
    const fromRoom = { place: { ...place, scene: 'terminal:play/the-old-cellar' } };
    expect(await type('/scene room Attic', people.manager, fromRoom)).toContain(
      '“Attic” is a room of “A scene”',
    );
    expect((await engine.info(place.scene))?.rooms.at(-1)?.id).toBe('terminal:play/attic');
    expect(await type('/move Tom The Old Cellar')).toContain('Tom Reddick is in “The Old Cellar” now');
  });

  test('is for those who may direct the scene of the channel', async () => {
    const { type, engine } = await startedDesk();
    expect(await type('/scene room the cellar', people.passer, inThread)).toMatch(
      /^refused: Only the one who/,
    );
    expect(await engine.info(THREAD.scene)).toBeUndefined();
  });

  test.each([
    ['/scene room The Cellar', inThread, 'This is a room already.'],
    ['/scene room THE CELLAR', {}, 'There is a place called “THE CELLAR” already.'],
    ['/scene room the quay', {}, 'There is a place called “the quay” already.'],
    [
      '/scene room attic',
      { place: { ...THREAD, scene: 'discord:t2', parentScene: 'discord:c2' } },
      'No scene is playing here.',
    ],
    ['/scene room attic', { place: { ...CHANNEL, scene: 'discord:c2' } }, 'No scene is playing here.'],
  ])('%s in %j is answered with what to do', async (line, change, expected) => {
    const { type } = await deskWithCellar();
    expect(await type(line, people.manager, change)).toContain(`refused: ${expected}`);
  });
});

describe('who is where', () => {
  test('a character goes to a room and comes back, and what is said meanwhile passes it by', async () => {
    const { type, engine } = await deskWithCellar();
    expect(await type('/move Tom the cellar')).toBe(
      'Tom Reddick is in “the cellar” now, and perceives what happens there. /map shows all.',
    );
    await type('/narrate UPSTAIRS a lamp falls.');
    await type('/narrate DOWNSTAIRS a rat runs.', people.manager, inThread);
    const mind = async (id: string) => JSON.stringify(await engine.backstage.mind(CHANNEL.scene, id));
    expect(await mind('tom')).not.toContain('UPSTAIRS');
    expect(await mind('tom')).toContain('DOWNSTAIRS');
    expect(await mind('wenna')).not.toContain('DOWNSTAIRS');
    expect(await type('/move Tom main')).toContain('Tom Reddick is in “The quay” now');
    expect(await type('/move Tom to: The quay')).toContain('refused: Tom Reddick is there already.');
  });

  test('/enter in a room brings a player there', async () => {
    const { type } = await deskWithCellar();
    expect(await type('/enter', people.passer)).toBe(
      'You are in the scene: the cast hears what you say here. /leave ends that.',
    );
    expect(await type('/enter', people.passer, inThread)).toBe(
      'You are in “the cellar”: whoever is here hears what you say. /leave ends that.',
    );
    expect(await type('/map', people.passer)).toBe(
      'The quay: Tom Reddick, Old Wenna, manager.\nthe cellar: passer.',
    );
    expect(await type('/leave', people.passer, inThread)).toContain('You have left the scene');
    expect(await type('/map')).toContain('the cellar: nobody.');
  });

  test('/enter as: gives a name', async () => {
    const { type } = await startedDesk();
    expect(await type('/enter Miss Grey', people.passer)).toContain('You are in the scene as Miss Grey');
    expect(await type('/map')).toContain('Miss Grey');
  });

  test('/presence puts to sleep, wakes and sends aside', async () => {
    const { type } = await startedDesk();
    expect(await type('/presence Tom asleep')).toBe('Tom Reddick falls asleep.');
    expect(await type('/presence manager apart')).toBe('manager steps aside, out of earshot.');
    expect(await type('/map')).toBe(
      'The quay: Tom Reddick (asleep), Old Wenna, manager (out of earshot).\nThere are no rooms yet: /scene room opens one.',
    );
    expect(await type('/presence Tom awake')).toBe('Tom Reddick is all ears again.');
  });

  test.each([
    ['/move Tom attic', 'refused: There is no room “attic” here. There are: main, the cellar.'],
    ['/move Ines the cellar', 'refused: Nobody here is called “Ines”.'],
    ['/presence Wena asleep', 'refused: Nobody here is called “Wena”. Did you mean Old Wenna?'],
    ['/presence <@424242> asleep', 'refused: They are not in this scene.'],
    ['/presence Tom drunk', 'is is one of: awake, apart, asleep.'],
  ])('%s is answered with what to do', async (line, expected) => {
    const { type } = await deskWithCellar();
    expect(await type(line)).toContain(expected);
  });

  test('rooms are suggested by name', async () => {
    const { context } = await deskWithCellar();
    const found = await completeTypedCommand('/move Tom to: ', commands, context());
    expect(found.map(({ label }) => label).slice(0, 2)).toEqual(['main · The quay', 'the cellar']);
  });
});
