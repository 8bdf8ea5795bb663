import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { completeTypedCommand } from '../../../src/engine/command/typed-completion.ts';
import { CHANNEL, type Desk, openDesk, people } from './typing.ts';

async function startedDesk(): Promise<Desk> {
  const desk = await openDesk();
  await desk.type('/scene start cast: Tom, Wenna preset: called-only');
  return desk;
}

describe('/summon', () => {
  test('brings a character in with its greeting, without a model, and joins who asked', async () => {
    const { type, stage, engine } = await startedDesk();
    expect(await type('/summon ines', people.passer)).toBe('Ines is here. Say something to them by name.');
    expect(stage.lines().at(-1)).toBe('Ines: nods Ines at your service.');
    const players = (await engine.info(CHANNEL.scene))?.players.map(({ actor }) => actor.name);
    expect(players).toContain('passer');
  });

  test.each([
    ['/summon Reddick', 'refused: Tom Reddick is in the scene already.'],
    ['/summon Inez', 'refused: Nobody here is called “Inez”. Did you mean Ines?'],
    [
      '/summon Napoleon',
      'refused: Nobody here is called “Napoleon”. There are: Old Wenna, Tom Reddick, Ines.',
    ],
  ])('%s', async (line, expected) => {
    const { type } = await startedDesk();
    expect(await type(line)).toBe(expected);
  });

  test('says what to do where nothing plays', async () => {
    const { type } = await openDesk();
    expect(await type('/summon Tom')).toContain(
      'refused: No scene is playing here. Start one with /scene start',
    );
  });

  test('suggests those who are not there yet, each by its full name first', async () => {
    const { context } = await startedDesk();
    const found = await completeTypedCommand('/summon ', commands, context());
    expect(found.map(({ text, label }) => [text, label])).toContainEqual([
      '/summon Ines',
      'Ines · PUBLIC-ines',
    ]);
    expect(found.some(({ label }) => label.startsWith('Tom'))).toBe(false);
  });
});

describe('/dismiss', () => {
  test('lets a character go', async () => {
    const { type, engine } = await startedDesk();
    expect(await type('/dismiss Tom')).toBe('Tom Reddick has left. /summon brings them back.');
    const cast = (await engine.info(CHANNEL.scene))?.cast;
    expect(cast?.find(({ character }) => character.id === 'tom')?.present).toBe(false);
    expect(await type('/dismiss Tom')).toContain('refused: Nobody here is called “Tom”.');
  });
});

describe('/cast', () => {
  test('tells who is there and who could come', async () => {
    const { type } = await startedDesk();
    expect(await type('/cast', people.passer)).toBe(
      'On stage: Tom Reddick, Old Wenna.\nPlayers: manager.\n/summon can bring: Ines.',
    );
  });
});

describe('/say and /whisper', () => {
  test('a line is heard, also of one who had not joined', async () => {
    const { type, stage } = await startedDesk();
    expect(await type('/say Tom, are you there?', people.passer)).toBe('Said.');
    expect(stage.lines()).toContain('passer: Tom, are you there?');
    expect(stage.lines().at(-1)).toMatch(/^Tom Reddick: /);
  });

  test('a whisper reaches its addressee and no surface', async () => {
    const { type, stage, engine } = await startedDesk();
    expect(await type('/whisper Tom WHISPERED secret')).toBe(
      'Only Tom Reddick heard that.\nModerators of this server can read whispers and secrets in their log.',
    );
    const mind = async (id: string) => JSON.stringify(await engine.backstage.mind(CHANNEL.scene, id));
    expect(await mind('tom')).toContain('WHISPERED');
    expect(await mind('wenna')).not.toContain('WHISPERED');
    expect(JSON.stringify(stage.shown)).not.toContain('WHISPERED');
  });

  test.each([
    ['/whisper Ines hello', 'refused: Nobody here is called “Ines”.'],
    ['/whisper to: , text: hello', 'refused: Say to whom'],
    ['/whisper Tom', 'refused: What do you whisper to Tom Reddick? Write it as text:'],
    ['/say', '/say needs text'],
  ])('%s is answered with what to do', async (line, expected) => {
    const { type } = await startedDesk();
    expect(await type(line)).toContain(expected);
  });
});

describe('/next, /narrate and /stop', () => {
  test('the next turn is of whom one names, of the Narrator, or of anyone', async () => {
    const { type, stage } = await startedDesk();
    expect(await type('/next Wenna')).toBe('Old Wenna takes a turn.');
    expect(stage.lines().at(-1)).toMatch(/^Old Wenna: /);
    expect(await type('/next')).toBe('The scene goes on.');
    expect(stage.lines().at(-1)).toMatch(/^Tom Reddick: /);
    expect(await type('/next Narrator')).toBe('The Narrator takes a turn.');
    expect(await type('/next Ines')).toContain('refused: Nobody here is called “Ines”.');
  });

  test('what is narrated happens, word for word', async () => {
    const { type, stage } = await startedDesk();
    expect(await type('/narrate A gull lands on the rope.')).toBe('So it happens.');
    expect(stage.lines().at(-1)).toBe('Environment: A gull lands on the rope.');
  });

  test('there may be nothing to stop', async () => {
    const { type } = await startedDesk();
    expect(await type('/stop')).toContain('nothing to stop');
  });
});

describe('ranks', () => {
  const lines = {
    '/scene start': ['manager', 'operator'],
    '/scene info': ['passer', 'starter', 'manager', 'operator'],
    '/scene pause': ['starter', 'manager', 'operator'],
    '/scene end': ['starter', 'manager', 'operator'],
    '/dismiss Tom': ['starter', 'manager', 'operator'],
    '/narrate Rain.': ['starter', 'manager', 'operator'],
    '/summon Ines': ['passer', 'starter', 'manager', 'operator'],
    '/cast': ['passer', 'starter', 'manager', 'operator'],
    '/say hello': ['passer', 'starter', 'manager', 'operator'],
    '/whisper Tom hello': ['passer', 'starter', 'manager', 'operator'],
    '/next': ['starter', 'manager', 'operator'],
    '/stop': ['starter', 'manager', 'operator'],
    '/enter': ['passer', 'starter', 'manager', 'operator'],
    '/map': ['passer', 'starter', 'manager', 'operator'],
    '/knows Tom': ['passer', 'starter', 'manager', 'operator'],
    '/continue 1': ['starter', 'manager', 'operator'],
    '/hold': ['starter', 'manager', 'operator'],
    '/ooc hello': ['passer', 'starter', 'manager', 'operator'],
    '/time now': ['passer', 'starter', 'manager', 'operator'],
    '/secret show': ['passer', 'starter', 'manager', 'operator'],
    '/persona show': ['passer', 'starter', 'manager', 'operator'],
    '/move Tom main': ['starter', 'manager', 'operator'],
    '/presence Tom asleep': ['starter', 'manager', 'operator'],
    '/scene room attic': ['starter', 'manager', 'operator'],
    '/scene thoughts everyone': ['starter', 'manager', 'operator'],
    '/inform Tom it rains': ['starter', 'manager', 'operator'],
    '/steer slower': ['starter', 'manager', 'operator'],
    '/plant Tom I go': ['starter', 'manager', 'operator'],
    '/time skip 1h': ['starter', 'manager', 'operator'],
    '/time set noon': ['starter', 'manager', 'operator'],
    '/secret give starter win': ['starter', 'manager', 'operator'],
    '/memory show Tom': ['starter', 'manager', 'operator'],
    '/memory pin 1': ['starter', 'manager', 'operator'],
    '/memory forget Tom': ['starter', 'manager', 'operator'],
    '/reset all': ['starter', 'manager', 'operator'],
    '/rewind 1': ['starter', 'manager', 'operator'],
    '/edit 1 no': ['starter', 'manager', 'operator'],
    '/branch 1': ['starter', 'manager', 'operator'],
    '/undo': ['starter', 'manager', 'operator'],
    '/why': ['starter', 'manager', 'operator'],
    '/dramatis halt': ['manager', 'operator'],
    '/dramatis approve': ['operator'],
  } as const;
  const names = ['passer', 'starter', 'manager', 'operator'] as const;

  test.each(Object.entries(lines).flatMap(([line, may]) => names.map((name) => ({ line, name, may }))))(
    '$line by $name',
    async ({ line, name, may }) => {
      const { type, engine } = await openDesk();
      if (line !== '/scene start') {
        await engine.start({
          id: CHANNEL.scene,
          stage: 'discord',
          owner: people.starter,
          cast: ['tom', 'wenna'],
          preset: 'called-only',
        });
      }
      const refused = /^refused: Only (members|moderators|the|those) /.test(await type(line, people[name]));
      expect(refused).toBe(!(may as readonly string[]).includes(name));
    },
  );
});
