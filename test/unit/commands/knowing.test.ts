import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { completeTypedCommand } from '../../../src/engine/command/typed-completion.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { CHANNEL, type Desk, openDesk, people, SERVER } from './typing.ts';

async function startedDesk(): Promise<Desk> {
  const desk = await openDesk();
  await desk.type('/scene start cast: Tom, Wenna preset: game-master');
  return desk;
}

describe('/knows', () => {
  test('lists what a character witnessed, with who said it, newest last', async () => {
    const { type } = await startedDesk();
    await type('/say The letter lies in the drawer.');
    await type('/say as: Wenna text: What letter?');
    const said = await type('/knows Tom letter');
    expect(said).toMatch(
      /^What Tom Reddick witnessed of “letter”:\n#\d+ manager: The letter lies in the drawer\.\n#\d+ Old Wenna: What letter\?$/,
    );
  });

  test('never tells a thought, nor what the asker may not know of', async () => {
    const { type } = await startedDesk();
    await type('/whisper Tom WHISPERED the key is under the mat.', people.starter);
    expect(await type('/knows Tom')).not.toMatch(/WHISPERED|GREETING-THOUGHT/);
    expect(await type('/knows Tom key', people.starter)).toContain('starter, whispering: WHISPERED');
    expect(await type('/knows Tom key', people.passer)).toContain('Tom Reddick witnessed nothing of “key”');
  });

  test('of one who was not there is empty, until they are told', async () => {
    const { type } = await startedDesk();
    await type('/say The ferryman drowned.');
    await type('/summon Ines');
    expect(await type('/knows Ines ferryman')).toContain('witnessed nothing of “ferryman”');
    expect(await type('/inform Ines "The ferryman was murdered." from: Wenna')).toBe(
      'Ines has heard of it, as Old Wenna tells it. Nobody else has.',
    );
    expect(await type('/inform Ines "The ferryman is alive."')).toBe(
      'Ines has heard of it. Nobody else has.',
    );
  });

  test.each([
    ['/knows Napoleon', 'refused: Nobody here is called “Napoleon”.'],
    ['/inform Ines "It rains."', 'refused: Nobody here is called “Ines”.'],
    ['/inform Tom "It rains." from: Tom', 'refused: Tom Reddick cannot be told by themselves.'],
    ['/memory show Napoleon', 'refused: Nobody here is called “Napoleon”.'],
    ['/memory pin soon', 'refused: beat is the number of a beat, such as #12.'],
    ['/memory pin 999', 'refused: '],
  ])('%s is answered with what to do', async (line, expected) => {
    const { type } = await startedDesk();
    expect(await type(line)).toContain(expected);
  });
});

describe('/memory', () => {
  test('tells how much is remembered, and what is pinned', async () => {
    const { type } = await startedDesk();
    const heard = await type('/say The letter lies in the drawer.');
    expect(heard).toBe('Said.');
    const n = /#(\d+) manager/.exec(await type('/knows Tom letter'))?.[1];
    expect(await type(`/memory pin #${n}`)).toContain(`#${n} stays in the minds of those who witnessed it.`);
    expect(await type('/memory show Tom')).toMatch(
      new RegExp(
        `^Tom Reddick remembers \\d+ beats, 0 of them only as a note\\.\\nPinned:\\n#${n} manager: The letter`,
      ),
    );
    expect(await type(`/memory unpin ${n}`)).toBe(`#${n} may fade like any other beat.`);
    expect(await type('/memory show Tom')).not.toContain('Pinned');
  });

  test('shows the owner no whisper of others', async () => {
    const { type } = await startedDesk();
    await type('/whisper Tom WHISPERED the key.', people.passer);
    expect(await type('/memory show Tom')).not.toContain('WHISPERED');
  });

  test('a beat, or after one confirmation all, is forgotten by one and by nobody else', async () => {
    const { type } = await startedDesk();
    await type('/say The letter lies in the drawer.');
    const n = /#(\d+) manager/.exec(await type('/knows Tom letter'))?.[1];
    expect(await type(`/memory forget Tom beat: ${n}`)).toBe(`Tom Reddick has forgotten #${n}.`);
    expect(await type('/knows Tom letter')).toContain('witnessed nothing');
    expect(await type('/knows Wenna letter')).toContain(`#${n} manager`);

    expect(await type('/memory forget Wenna')).toMatch(
      /^Old Wenna would forget all \d+ beats .* confirm: yes/,
    );
    expect(await type('/knows Wenna letter')).toContain(`#${n} manager`);
    expect(await type('/memory forget Wenna confirm: yes')).toBe('Old Wenna has forgotten all of it.');
    expect(await type('/knows Wenna letter')).toContain('witnessed nothing');
  });

  test('beats are suggested by number and words, and no whisper is among them', async () => {
    const { type, context } = await startedDesk();
    await type('/say The letter lies in the drawer.');
    await type('/whisper Tom WHISPERED the letter is false.');
    const found = await completeTypedCommand('/memory pin letter', commands, context());
    expect(found.map(({ label }) => label)).toEqual([
      expect.stringMatching(/^#\d+ manager: The letter lies in the drawer\.$/),
    ]);
    expect(found[0]?.text).toMatch(/^\/memory pin \d+$/);
  });
});

describe('/peek, /scene thoughts and /why', () => {
  test('who may read thoughts is settled by the scene', async () => {
    const { type } = await startedDesk();
    expect(await type('/peek')).toMatch(/^Thought at #\d+:\nGREETING-THOUGHT-tom$/);
    expect(await type('/peek', people.passer)).toMatch(/^refused: /);
    expect(await type('/scene thoughts everyone')).toBe(
      'From now on everyone may read what the cast thinks.',
    );
    expect(await type('/peek', people.passer)).toContain('GREETING-THOUGHT-tom');
    expect(await type('/scene thoughts nobody')).toBe('From now on nobody may read what the cast thinks.');
    expect(await type('/peek')).toMatch(/^refused: /);
    expect(await type('/scene thoughts everyone', people.passer)).toMatch(/^refused: Only the one who/);
  });

  test('what moderators closed for the server its owner does not open', async () => {
    const desk = await openDesk();
    await desk.engine.start({
      id: CHANNEL.scene,
      stage: 'discord',
      server: SERVER,
      owner: people.starter,
      cast: ['tom'],
      preset: 'called-only',
    });
    await desk.type('/config set peek nobody level: server');
    expect(await desk.type('/scene thoughts everyone', people.starter)).toContain(
      'The moderators of this server decided',
    );
    expect(await desk.type('/peek', people.starter)).toMatch(/^refused: /);
    expect(await desk.type('/scene thoughts everyone')).toContain('everyone may read');
    expect(await desk.type('/peek', people.starter)).toContain('GREETING-THOUGHT-tom');
  });

  test('a line tells its owner how it came about, and never what was thought', async () => {
    const desk = await openDesk({ models: { actor: answeringModel() } });
    await desk.type('/scene start cast: Tom, Wenna preset: game-master');
    await desk.type('/next Wenna');
    const said = await desk.type('/why');
    expect(said).toMatch(/^#\d+ was made by answering\.\nWhy this speaker: .+/);
    expect(said).not.toMatch(/THOUGHT|PLAN|Said/);
    expect(await desk.type('/why', people.passer)).toMatch(/^refused: Only the one who/);
  });

  test('where nobody has spoken there is nothing to look into', async () => {
    const { type } = await openDesk();
    await type('/scene start');
    expect(await type('/peek')).toBe('refused: No character has said anything here yet.');
    expect(await type('/why')).toBe('refused: No character has said anything here yet.');
  });
});

describe('/secret', () => {
  test('is read by its player and by nobody else', async () => {
    const { type, engine, stage } = await startedDesk();
    await type('/enter', people.passer);
    expect(await type('/secret give passer SECRET-AIM steal the boat')).toBe(
      'Only passer can read that, with /secret show.\nModerators of this server can read whispers and secrets in their log.',
    );
    expect(await type('/secret show', people.passer)).toContain(
      'Your secret: SECRET-AIM steal the boat\nModerators',
    );
    expect(await type('/secret show')).toBe('You have no secret here.');
    expect(await type('/secret give passer mine', people.passer)).toMatch(/^refused: Only the one who/);
    const minds = await Promise.all(['tom', 'wenna'].map((id) => engine.backstage.mind(CHANNEL.scene, id)));
    expect(JSON.stringify([minds, stage.shown])).not.toContain('SECRET-AIM');
  });

  test('is given to a player by a mention as well', async () => {
    const { type } = await startedDesk();
    const player = { ...people.passer, id: '424242', name: 'Mara' };
    await type('/enter', player);
    expect(await type('/secret give <@424242> find the key')).toContain('Only Mara can read that');
    expect(await type('/secret give <@111> find the key')).toContain('refused: They are not in this scene.');
    expect(await type('/secret give Marra find the key')).toContain('Did you mean Mara?');
  });
});
