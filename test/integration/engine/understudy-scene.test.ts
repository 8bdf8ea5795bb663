import { describe, expect, test } from 'vitest';
import { openStore } from '../../../src/store/open-store.ts';
import { OWNER, playHouse, SCENE } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';

const demo = { id: SCENE, stage: 'web', owner: OWNER, script: 'harbour', seed: 1 } as const;

describe('a scene without a model', () => {
  test('plays its opening by itself and rests on the hook', async () => {
    const { engine, stage } = await playHouse();
    await engine.start(demo);
    await engine.idle(SCENE);
    expect(stage.lines()).toEqual([
      'Environment: Rain on the planks.',
      'Old Wenna: Late, Tom.',
      'Tom Reddick: ties a knot Never.',
    ]);
    const info = await engine.info(SCENE);
    expect(info?.chips.map((chip) => chip.label)).toEqual(['Ask for the boat', 'Whisper to Tom']);
  });

  test('takes the way that the player’s words lead to', async () => {
    const { engine, stage } = await playHouse();
    await engine.start(demo);
    await engine.idle(SCENE);
    await engine.hear(SCENE, { player: OWNER, text: 'Could we still cross by ferry?' });
    await engine.idle(SCENE);
    expect(stage.lines().slice(3)).toEqual([
      'Mara: Could we still cross by ferry?',
      'Old Wenna: There is one, if Tom will row.',
      'Tom Reddick: I row.',
    ]);
  });

  test('tells a whisper to its addressee and to nobody else, on no surface', async () => {
    const { engine, stage } = await playHouse();
    await engine.start(demo);
    await engine.idle(SCENE);
    await engine.whisper(SCENE, { player: OWNER, to: ['tom'], text: 'WHISPERED-TEXT I will pay double.' });
    await engine.idle(SCENE);
    const said = (entries: readonly { segments: readonly { text: string }[] }[]) => JSON.stringify(entries);
    expect(said(await engine.backstage.mind(SCENE, 'tom'))).toContain('WHISPERED-TEXT');
    expect(said(await engine.backstage.mind(SCENE, 'wenna'))).not.toContain('WHISPERED-TEXT');
    expect(said(stage.shown)).not.toContain('WHISPERED-TEXT');
    expect(stage.lines().slice(3)).toEqual(['Tom Reddick: We leave now.', 'Old Wenna: So eager, Tom?']);
  });

  test('answers what fits no line with a look, in character', async () => {
    const { engine, stage } = await playHouse();
    await engine.start({ ...demo, preset: 'called-only' });
    await engine.idle(SCENE);
    await engine.hear(SCENE, { player: OWNER, text: 'Tom, quantum chromodynamics?' });
    await engine.idle(SCENE);
    expect(stage.lines().at(-1)).toMatch(/^Tom Reddick: looks /);
  });

  test('hands a surface nothing hidden, and keeps no plan in the log', async () => {
    const { engine, stage, store } = await playHouse();
    await engine.start(demo);
    await engine.idle(SCENE);
    await engine.summon(SCENE, 'ines');
    await engine.hear(SCENE, { player: OWNER, text: 'Ines, is the rope sound?' });
    await engine.idle(SCENE);
    const surface = JSON.stringify([stage.shown, stage.notices, stage.pieces]);
    expect(surface).not.toMatch(/THOUGHT|PLAN-|SECRET|MOTIVE|PRIVATE/);
    const record = await engine.info(SCENE);
    const log = JSON.stringify(await Array.fromAsync(store.read(record?.record.log ?? '')));
    expect(log).toContain('THOUGHT-OPENING');
    expect(log).not.toContain('PLAN-');
  });

  test('plays exactly so many turns without a player, the same for the same seed', async () => {
    const outputs = [];
    for (const seed of [5, 5, 6]) {
      const { engine, stage } = await playHouse();
      await engine.start({ ...demo, seed, turns: 12 });
      await engine.idle(SCENE);
      const turns = stage.shown.filter((beat) => beat.kind === 'line');
      expect(turns).toHaveLength(12);
      outputs.push(JSON.stringify(stage.shown));
    }
    expect(outputs[0]).toBe(outputs[1]);
    expect(outputs[0]).not.toBe(outputs[2]);
  });

  test('plays so many turns with a cast of one, too', async () => {
    const { engine, stage } = await playHouse();
    await engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast: ['tom'], seed: 1, turns: 4 });
    await engine.idle(SCENE);
    const turns = stage.lines().filter((line) => line.startsWith('Tom Reddick:'));
    expect(turns).toHaveLength(5);
  });

  test('gives at most three character turns after a player’s line', async () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { engine, stage } = await playHouse();
      await engine.start({ id: SCENE, stage: 'web', owner: OWNER, cast: ['wenna', 'tom', 'ines'], seed });
      await engine.hear(SCENE, { player: OWNER, text: 'Good evening.' });
      await engine.idle(SCENE);
      const afterwards = stage.lines().slice(stage.lines().indexOf('Mara: Good evening.') + 1);
      expect(afterwards.length).toBeGreaterThan(0);
      expect(afterwards.length).toBeLessThanOrEqual(3);
    }
  });
});

describe('who is heard', () => {
  test('hears a message once, however often it comes', async () => {
    const { engine } = await playHouse();
    await engine.start(demo);
    await engine.idle(SCENE);
    const line = { player: OWNER, text: 'Tom?', source: 'message-1' };
    const heard = await Promise.all([
      engine.hear(SCENE, line),
      engine.hear(SCENE, line),
      engine.hear(SCENE, line),
    ]);
    expect(heard.filter((one) => one.heard)).toHaveLength(1);
  });

  test('neither stores nor prompts what a bystander on Discord writes, until they call someone', async () => {
    const stage = createRecordingStage('discord');
    const { engine, store } = await playHouse({ stage, listedServers: ['s1'] });
    const id = 'discord:c1';
    await engine.start({
      id,
      stage: 'discord',
      server: 's1',
      owner: OWNER,
      cast: ['tom'],
      preset: 'called-only',
    });
    await engine.idle(id);
    const by = { id: 'p9', name: 'Passer' };
    expect(await engine.hear(id, { player: by, text: 'BYSTANDER talk', source: 'm1' })).toMatchObject({
      because: 'bystander',
    });
    const heard = await engine.hear(id, { player: by, text: 'Tom, is it far?', source: 'm2' });
    expect(heard).toMatchObject({ heard: true, joined: true });
    await engine.idle(id);
    expect(JSON.stringify(await Array.fromAsync(store.read(`${id}#1`)))).not.toContain('BYSTANDER');
    expect(stage.notices.filter((notice) => notice.kind === 'heard')).toHaveLength(2);
  });

  test('an edit is what was said, a deletion takes it back, and the old words are gone from storage', async () => {
    const { engine, store } = await playHouse();
    await engine.start(demo);
    await engine.idle(SCENE);
    await engine.hear(SCENE, { player: OWNER, text: 'FIRST-WORDING', source: 'm1' });
    await engine.hear(SCENE, { player: OWNER, text: 'TO-BE-DELETED', source: 'm2' });
    await engine.amend(SCENE, 'm1', 'Second wording');
    await engine.retract(SCENE, 'm2');
    await engine.idle(SCENE);
    const everything = JSON.stringify([
      await Array.fromAsync(store.read(`${SCENE}#1`)),
      await engine.backstage.mind(SCENE, 'tom'),
      await engine.replay(SCENE),
    ]);
    expect(everything).not.toMatch(/FIRST-WORDING|TO-BE-DELETED/);
    expect(JSON.stringify(await engine.backstage.mind(SCENE, 'tom'))).toContain('Second wording');
  });
});

describe('a restart', () => {
  test('finds the scene as it was, and goes on from the same line', async () => {
    const store = await openStore('memory:');
    const first = await playHouse({ store });
    await first.engine.start(demo);
    await first.engine.idle(SCENE);
    const before = await first.engine.replay(SCENE);
    await first.engine.close();

    const second = await playHouse({ store });
    await second.engine.resume(SCENE);
    await second.engine.idle(SCENE);
    expect(await second.engine.replay(SCENE)).toEqual(before);
    expect(second.stage.shown).toEqual([]);
    await second.engine.hear(SCENE, { player: OWNER, text: 'Is there a boat tonight?' });
    await second.engine.idle(SCENE);
    expect(second.stage.lines()).toEqual([
      'Mara: Is there a boat tonight?',
      'Old Wenna: There is one, if Tom will row.',
      'Tom Reddick: I row.',
    ]);
  });
});
