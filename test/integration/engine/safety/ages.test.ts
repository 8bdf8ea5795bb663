import { describe, expect, test } from 'vitest';
import { PlayerError } from '../../../../src/errors.ts';
import { playHouse } from '../../../support/play-house.ts';
import { createRecordingStage } from '../../../support/recording-stage.ts';
import { smallCharacter, smallLibrary } from '../../../support/small-library.ts';
import { MARA, SCENE, SERVER, scene } from './guarded-scene.ts';

describe('ages', () => {
  const cast = [
    smallCharacter('wenna', 'Old Wenna', { age: 61 }),
    smallCharacter('tom', 'Tom Reddick'),
    smallCharacter('ines', 'Ines', { age: 16 }),
    smallCharacter('siren', 'Siren', { adult: true, tags: ['NSFW'] }),
    smallCharacter('vesna', 'Vesna', { ageRestricted: true }),
  ];
  const states = {
    wenna: 'adult',
    tom: 'unstated',
    ines: 'minor',
    siren: 'adults only',
    vesna: 'adults only, unstated',
  };
  type Id = keyof typeof states;
  const everyone: Id[] = ['wenna', 'tom', 'ines', 'siren', 'vesna'];
  const tame: Id[] = ['wenna', 'tom', 'ines'];

  test.each<[string, { marked: boolean; allowed: boolean; server?: boolean; web?: boolean }, Id[]]>([
    ['a plain channel', { marked: false, allowed: false }, tame],
    ['a plain channel of a server that allows it', { marked: false, allowed: true }, tame],
    ['a marked channel of a server that does not', { marked: true, allowed: false }, tame],
    ['a marked channel of a server that allows it', { marked: true, allowed: true }, ['wenna', 'siren']],
    ['direct messages', { marked: true, allowed: true, server: false }, tame],
    ['the page on one’s own machine', { marked: true, allowed: true, web: true }, [...tame, 'siren']],
  ])('%s', async (_where, { marked, allowed, server = true, web = false }, may) => {
    const stage = Object.assign(createRecordingStage(web ? 'web' : 'discord', true), {
      ageRestricted: () => marked,
    });
    const { engine } = await playHouse({
      stage,
      library: smallLibrary(cast),
      limits: { ageRestricted: allowed },
    });
    const id = web ? 'web:one' : SCENE;
    const asked = { id, stage: stage.name, owner: MARA, ...(server && !web ? { server: SERVER } : {}) };
    const atStart: Id[] = [];
    for (const one of everyone) {
      const began = await engine.start({ ...asked, cast: [one] }).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof PlayerError)) throw error;
          expect(error.message).toContain(cast.find((character) => character.id === one)?.name);
          return false;
        },
      );
      if (!began) continue;
      atStart.push(one);
      await engine.end(id);
    }
    await engine.start(asked);
    const summoned: Id[] = [];
    for (const one of everyone) {
      const came = engine.summon(id, one).then(
        () => summoned.push(one),
        (error: unknown) => expect(error).toBeInstanceOf(PlayerError),
      );
      await came;
    }
    expect({ atStart, summoned }).toEqual({ atStart: may, summoned: may });
  });

  test('of those on stage count at every turn: who may not play any more is passed over, told once', async () => {
    const { engine, hear, place, stage, notices } = await scene({
      cast,
      start: { cast: ['tom', 'wenna'] },
      engine: { limits: { ageRestricted: true, turnsPerLine: 1 } },
    });
    const told = () => notices().filter((text) => text.includes('Tom Reddick'));
    place.marked = true;
    await hear('Tom?');
    await hear('Tom, are you there?');
    await hear('Tom!');
    expect(stage.lines().filter((line) => line.startsWith('Tom Reddick: A word'))).toEqual([]);
    expect(stage.lines().at(-1)).toBe('Old Wenna: A word of Old Wenna.');
    expect(told()).toEqual([
      'Tom Reddick does not play here: their card states no adult age, and this is a place for adults.',
    ]);
    await engine.next(SCENE, 'tom');
    await engine.idle(SCENE);
    expect(told()).toHaveLength(2);
    // Nobody else plays them there either.
    const line = (await engine.replay(SCENE)).find(({ speaker }) => speaker?.name === 'Tom Reddick');
    for (const words of [
      engine.direction.sayAs(SCENE, { card: 'tom' }, 'Hello.'),
      engine.past.reword(SCENE, line?.n ?? 0, 'Hello.'),
    ]) {
      await expect(words).rejects.toThrow('states no adult age');
    }
    place.marked = false;
    await hear('Tom, once more?');
    expect(stage.lines().at(-1)).toBe('Tom Reddick: A word of Tom Reddick.');
  });

  test('prompts say who may be watching, but for grown-up rooms and one’s own machine', async () => {
    const { hear, place, model } = await scene({ cast, engine: { limits: { ageRestricted: true } } });
    const asked = async () => {
      await hear('Wenna?');
      const last = model.asked.filter(({ of }) => of === 'Old Wenna').at(-1);
      return last?.request.messages.map(({ content }) => content).join('\n') ?? '';
    };
    expect(await asked()).toContain('People of any age may be watching');
    place.marked = true;
    expect(await asked()).not.toContain('may be watching');
    place.marked = false;
    expect(await asked()).toContain('People of any age may be watching');
  });
});
