import { describe, expect, test } from 'vitest';
import type { Place } from '../../../src/engine/command/command.ts';
import { CHANNEL, openDesk, people, SERVER } from './typing.ts';

describe('/scene start', () => {
  test('opens a scene with all that was asked for', async () => {
    const { type, engine } = await openDesk();
    const said = await type('/scene start setting: The quay. Fog. cast: Tom, Old Wenna preset: lively');
    expect(said).toContain('“The quay” is open. On stage: Tom Reddick, Old Wenna.');
    const info = await engine.info(CHANNEL.scene);
    expect(info?.setting).toBe('The quay. Fog.');
    expect(info?.record).toMatchObject({
      preset: 'lively',
      server: SERVER,
      owner: people.manager.id,
      origin: 'discord',
    });
  });

  test('needs nothing to be said, and tells how to go on', async () => {
    const { type, engine } = await openDesk();
    expect(await type('/scene start')).toMatch(/Nobody is on stage yet: \/summon someone/);
    expect((await engine.info(CHANNEL.scene))?.cast).toEqual([]);
  });

  test.each([
    [true, '', 'conversation'],
    [false, '', 'called-only'],
    [undefined, '', 'called-only'],
    [true, 'preset: theatre', 'theatre'],
  ])('in a channel that is quiet: %s, with “%s”, plays %s', async (quiet, typed, preset) => {
    const place: Place = quiet === undefined ? CHANNEL : { ...CHANNEL, quiet };
    const { type, engine } = await openDesk({}, place);
    await type(`/scene start ${typed}`);
    expect((await engine.info(CHANNEL.scene))?.record.preset).toBe(preset);
  });

  test('plays a scene that ships, by id or title', async () => {
    for (const name of ['harbour', 'The last boat']) {
      const { type, stage } = await openDesk();
      expect(await type(`/scene start scene: ${name}`)).toContain('“The last boat” is open');
      expect(stage.lines()).toContain('Old Wenna: Late, Tom.');
    }
  });

  test('in a thread opens a place of its own', async () => {
    const { type, engine } = await openDesk();
    let title = '';
    const thread: Place = { ...CHANNEL, scene: 'discord:t1', parent: 'c1' };
    const openThread = async (name: string) => {
      title = name;
      return thread;
    };
    const said = await type('/scene start scene: harbour thread: yes', people.manager, { openThread });
    expect(said).toContain('is open in its own thread');
    expect(title).toBe('The last boat');
    expect((await engine.info('discord:t1'))?.record).toMatchObject({ parent: 'c1', preset: 'conversation' });
    expect(await engine.info(CHANNEL.scene)).toBeUndefined();
  });

  test.each([
    ['/scene start thread: yes', 'refused: There are no threads here.'],
    ['/scene start cast: Tom, Wena', 'refused: Nobody here is called “Wena”. Did you mean Old Wenna?'],
    ['/scene start scene: harbor', 'refused: There is no scene “harbor”. Did you mean harbour?'],
    ['/scene start scene: xyzzy', 'refused: There is no scene “xyzzy”. There are: harbour.'],
  ])('%s starts nothing and says what to do', async (line, expected) => {
    const { type, engine } = await openDesk();
    expect(await type(line)).toContain(expected);
    expect(await engine.info(CHANNEL.scene)).toBeUndefined();
  });

  test('does not open a second scene over the first', async () => {
    const { type } = await openDesk();
    await type('/scene start');
    expect(await type('/scene start')).toContain('refused: A scene is playing here already.');
    await type('/scene end');
    expect(await type('/scene start')).toContain('is open');
  });

  test('offers names for the item that is being typed, and not those that were', async () => {
    const { context } = await openDesk();
    const { start } = await import('../../../commands/scene/open.ts');
    const option = start.options.find(({ name }) => name === 'cast');
    expect(await option?.complete?.(context(), 'o')).toEqual([
      { name: 'Old Wenna · PUBLIC-wenna', value: 'Old Wenna' },
    ]);
    expect(await option?.complete?.(context(), 'Tom Reddick, ')).toEqual([
      { name: 'Tom Reddick, Old Wenna', value: 'Tom Reddick, Old Wenna' },
      { name: 'Tom Reddick, Ines', value: 'Tom Reddick, Ines' },
    ]);
  });
});

describe('where the bot may play', () => {
  test('a server that nobody allowed gets one line that says what to do', async () => {
    const { type, engine } = await openDesk({ listedServers: [] });
    const said = await type('/scene start');
    expect(said).toMatch(/^refused: .*\/dramatis approve.*SERVERS=111111111111111111/);
    expect(await engine.info(CHANNEL.scene)).toBeUndefined();
    await type('/dramatis approve', people.operator);
    expect(await type('/scene start')).toContain('is open');
  });

  test('a server that an operator owns needs no approval', async () => {
    const { type } = await openDesk({ listedServers: [], owners: ['server-owner'] });
    expect(await type('/scene start')).toContain('is open');
  });

  test('no scene starts in a private conversation', async () => {
    const { type } = await openDesk({}, { scene: 'discord:dm', stage: 'discord' });
    expect(await type('/scene start')).toContain('refused: Scenes are played in a server');
  });

  test('the local stages ask nobody', async () => {
    const place: Place = { scene: 'terminal:play', stage: 'terminal', quiet: true };
    const { type, engine } = await openDesk({ listedServers: [] }, place);
    expect(await type('/scene start')).toContain('is open');
    expect((await engine.info('terminal:play'))?.record).toMatchObject({
      preset: 'conversation',
      origin: 'local',
    });
  });

  test('a halt stops everything until the operator approves', async () => {
    const { type, engine } = await openDesk();
    await type('/scene start cast: Tom');
    expect(await type('/dramatis halt')).toContain('1 scene was stopped');
    expect((await engine.info(CHANNEL.scene))?.record.status).toBe('paused');
    expect(await type('/scene continue')).toContain('halted in this server');
    expect(await type('/dramatis approve')).toContain('Only the operator');
    expect(await type('/dramatis approve', people.operator)).toContain('may host scenes');
    expect(await type('/scene continue')).toBe('The scene goes on.');
  });

  test('a manager halts no server but their own', async () => {
    const { type, engine } = await openDesk();
    const other = '222222222222222222';
    expect(await type(`/dramatis halt ${other}`)).toContain('Only the operator');
    expect(await engine.servers.halted(other)).toBe(false);
    await type(`/dramatis halt ${other}`, people.operator);
    expect(await engine.servers.halted(other)).toBe(true);
    expect(await type('/dramatis halt nonsense', people.operator)).toContain('Copy Server ID');
  });
});

describe('a scene that plays', () => {
  test('/scene demo plays the first that ships, at reading speed', async () => {
    const { type, engine } = await openDesk();
    await engine.info(CHANNEL.scene);
    // At reading speed the clock of this test, which stands still, holds the second line for ever.
    const said = type('/scene demo', people.manager);
    await expect.poll(async () => (await engine.info(CHANNEL.scene))?.record.pace).toBe('reading');
    await engine.close();
    expect(await said).toContain('“The last boat” is open');
  });

  test('/scene info tells setting, cast, mode, budget and who plays', async () => {
    const { type } = await openDesk();
    await type('/scene start scene: harbour');
    const said = await type('/scene info', people.passer);
    expect(said).toContain('“The last boat” is playing');
    expect(said).toContain('Setting: A ferry landing');
    expect(said).toContain('Cast: Old Wenna, Tom Reddick.');
    expect(said).toContain('Mode: called-only');
    expect(said).toContain('Turns left until someone speaks: ');
    expect(said).toContain('scripted demo');
  });

  test('is paused, continued and ended, and says so', async () => {
    const { type, engine } = await openDesk();
    await type('/scene start cast: Tom');
    const status = async () => (await engine.info(CHANNEL.scene))?.record.status;
    expect(await type('/scene continue')).toContain('refused: The scene is not paused.');
    expect(await type('/scene pause')).toContain('is paused');
    expect(await status()).toBe('paused');
    expect(await type('/say Tom?')).toContain('refused: This scene is paused');
    expect(await type('/scene continue')).toBe('The scene goes on.');
    expect(await status()).toBe('playing');
    expect(await type('/scene end')).toContain('has ended');
    expect(await type('/scene info')).toContain('refused: No scene is playing here');
  });

  test('is entered and left', async () => {
    const { type, engine } = await openDesk();
    await type('/scene start cast: Tom');
    const present = async () =>
      (await engine.info(CHANNEL.scene))?.players
        .filter((player) => player.present)
        .map((player) => player.actor.name);
    expect(await type('/scene enter', people.passer)).toContain('You are in the scene');
    expect(await present()).toContain('passer');
    expect(await type('/scene leave', people.passer)).toContain('You have left the scene');
    expect(await present()).not.toContain('passer');
    expect(await type('/scene leave', people.passer)).toBe('refused: You are not in this scene.');
  });
});
