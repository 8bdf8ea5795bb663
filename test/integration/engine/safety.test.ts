import { describe, expect, test } from 'vitest';
import type { Character } from '../../../src/cast/character.ts';
import type { Engine, StartScene } from '../../../src/engine/engine-api.ts';
import type { EngineOptions } from '../../../src/engine/engine-options.ts';
import { StageError } from '../../../src/engine/stage.ts';
import { PlayerError } from '../../../src/errors.ts';
import type { LogFacts } from '../../../src/log.ts';
import { ModelError } from '../../../src/model/chat-model.ts';
import type { ModerationModel } from '../../../src/model/moderation-model.ts';
import type { WordRule } from '../../../src/safety/word-rule.ts';
import { render } from '../../../src/words/render.ts';
import { playHouse } from '../../support/play-house.ts';
import { createRecordingStage } from '../../support/recording-stage.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { smallCharacter, smallLibrary } from '../../support/small-library.ts';

const SERVER = 'server-1';
const SCENE = 'discord:quay';
const MARA = { id: 'p1', name: 'Mara', roles: ['sailors'] } as const;
/** No rule lets this word pass; it must stand nowhere afterwards. */
const BAD = 'KRAKENBLOOD';
const RULE: WordRule = {
  name: 'Sea words',
  keywords: ['krakenblood'],
  patterns: [],
  allowed: [],
  exemptChannels: [],
  exemptRoles: [],
};

type Setup = {
  readonly rules?: readonly WordRule[] | Error;
  readonly marked?: boolean;
  readonly turn?: (name: string) => string;
  readonly cast?: readonly Character[];
  readonly engine?: Partial<EngineOptions>;
  readonly start?: Partial<StartScene>;
};

/** A scene in a server with rules of its own, played by a model. */
async function scene({ rules = [RULE], marked = false, turn, cast, engine: more, start }: Setup = {}) {
  const place = { marked };
  const stage = {
    ...createRecordingStage('discord', true),
    ageRestricted: () => place.marked,
    wordRules: async () => {
      if (rules instanceof Error) throw rules;
      return rules;
    },
  };
  const logged: string[] = [];
  const note = (event: string, facts?: LogFacts) => void logged.push(JSON.stringify([event, facts]));
  const model = scriptedModel({
    turn: (name) => turn?.(name) ?? `<role_thinking>Rain.</role_thinking>A word of ${name}.`,
    next: () => 'Old Wenna',
  });
  const house = await playHouse({
    stage,
    models: { actor: model, director: model },
    log: { debug: note, info: note, warn: note, error: note },
    ...(cast ? { library: smallLibrary(cast) } : {}),
    ...more,
    limits: { turnsPerLine: 1, ...more?.limits },
  });
  const { engine, store } = house;
  const begin = (wanted: Partial<StartScene> = {}) =>
    engine.start({ id: SCENE, stage: 'discord', server: SERVER, owner: MARA, cast: ['wenna'], ...wanted });
  await begin(start);
  await engine.idle(SCENE);
  return {
    ...house,
    stage,
    place,
    model,
    begin,
    async hear(text: string, source?: string) {
      const heard = await engine.hear(SCENE, { player: MARA, text, ...(source ? { source } : {}) });
      await engine.idle(SCENE);
      return heard;
    },
    notices: () => stage.notices.map(({ text }) => text),
    heldBack: async () => {
      await engine.audit.settled();
      const entries = await engine.audit.recent(SERVER);
      return entries.filter(({ kind }) => kind === 'held-back').map(({ text }) => render(text));
    },
    /** All that is recorded, logged, shown and told. */
    async everything() {
      const info = await engine.info(SCENE);
      const beats = info ? await Array.fromAsync(store.read(info.record.log)) : [];
      const audit = await engine.audit.recent(SERVER);
      return JSON.stringify([beats, info?.record, audit, stage.shown, stage.notices, stage.whispers, logged]);
    },
  };
}

describe('a rule of words that a character’s turn breaks', () => {
  test('is kept in the director’s reason, too, which the room and /why read', async () => {
    const model = scriptedModel({ reason: `She was called ${BAD}`, next: () => 'Old Wenna' });
    const { engine, hear, everything } = await scene({
      engine: { models: { actor: model, director: model } },
    });
    await hear('Good evening.');
    const line = (await engine.replay(SCENE)).findLast(({ kind }) => kind === 'line');
    expect(line?.speaker?.name).toBe('Old Wenna');
    const why = await engine.why(SCENE, line?.n ?? 0, { id: MARA.id, moderator: true });
    expect(why?.why).toBe('Old Wenna was named by the director');
    expect(await everything()).not.toContain(BAD);
  });

  test.each([
    ['in speech', `Beware the ${BAD}!`],
    ['in an action', `<role_action>spills ${BAD}</role_action>`],
    ['in a thought, which may be peeked at', `<role_thinking>${BAD}</role_thinking>A fine evening.`],
  ])('holds it back: %s', async (_where, turn) => {
    const { hear, heldBack, notices, everything } = await scene({ turn: () => turn });
    expect(await hear('Good evening.')).toMatchObject({ heard: true });
    expect(await heldBack()).toEqual([
      'A line of Old Wenna was held back: the server’s rules of words (Sea words).',
    ]);
    expect(notices()).toContain('*the moment passes*');
    expect(await everything()).not.toContain(BAD);
  });

  test('holds back another version of a line, and the one before stands on', async () => {
    let turns = 0;
    const { engine, hear, stage } = await scene({ turn: () => (++turns > 1 ? BAD : 'First words.') });
    await hear('Good evening.');
    const swiped = engine.past.swipe(SCENE, 'again', { ...MARA, moderator: true });
    await expect(swiped).rejects.toThrow(PlayerError);
    expect(turns).toBe(2);
    expect(stage.lines().at(-1)).toBe('Old Wenna: First words.');
    expect(stage.updates).toEqual([]);
  });

  test('holds back a greeting', async () => {
    const cast = [smallCharacter('wenna', 'Old Wenna', { greeting: `${BAD}, sir.` })];
    const { stage, everything } = await scene({ cast });
    expect(stage.lines()).toEqual([]);
    expect(await everything()).not.toContain(BAD);
  });

  test('does nothing where it is exempt, turned off, or there is no server', async () => {
    const turn = () => BAD;
    for (const setup of [
      { rules: [{ ...RULE, exemptChannels: ['quay'] }] },
      { rules: [{ ...RULE, exemptChannels: ['docks'] }], start: { category: 'docks' } },
      { engine: { limits: { autoMod: false } } },
    ]) {
      const { hear, stage } = await scene({ turn, ...setup });
      await hear('Good evening.');
      expect(stage.lines()).toContain(`Old Wenna: ${BAD}`);
    }
  });
});

describe('a refusal', () => {
  const refusal = 'I’m sorry, but I can’t assist with that request.';

  test('is a neutral line and an entry, and nothing of its words', async () => {
    const { hear, heldBack, notices, everything } = await scene({ turn: () => refusal, rules: [] });
    await hear('Good evening.');
    expect(notices()).toContain('*the moment passes*');
    expect(await heldBack()).toEqual(['A line of Old Wenna was held back: the model refused to play.']);
    expect(await everything()).not.toContain('assist');
  });

  test('is nobody’s where the script plays it', async () => {
    const lines = { examples: [refusal], declines: [refusal], greeting: refusal };
    const cast = [smallCharacter('wenna', 'Old Wenna', lines)];
    const { hear, stage } = await scene({ cast, engine: { models: {} } });
    await hear('Wenna, I have a request. Can you assist?');
    expect(stage.lines().filter((line) => line.includes('assist'))).not.toEqual([]);
  });
});

describe('what people type', () => {
  const typed: Record<string, (engine: Engine) => Promise<unknown>> = {
    line: (engine) => engine.hear(SCENE, { player: MARA, text: `A ${BAD}!` }),
    whisper: (engine) => engine.whisper(SCENE, { player: MARA, text: BAD, to: ['wenna'] }),
    narrate: (engine) => engine.narrate(SCENE, `${BAD} rises.`),
    steer: (engine) => engine.direction.steer(SCENE, BAD),
    plant: (engine) => engine.direction.plant(SCENE, 'wenna', BAD),
    'time with a text': (engine) => engine.direction.skipTime(SCENE, 5, BAD),
    'out of character': (engine) => engine.direction.outOfCharacter(SCENE, MARA, BAD),
    'say as': (engine) => engine.direction.sayAs(SCENE, { card: 'wenna' }, BAD),
    'a walk-on’s name': (engine) => engine.direction.sayAs(SCENE, { walkOn: BAD }, 'Hello.'),
    'edit of a line': async (engine) => {
      const line = (await engine.replay(SCENE)).find(({ kind }) => kind === 'line');
      return engine.past.reword(SCENE, line?.n ?? 0, BAD);
    },
    'name of a branch': (engine) =>
      engine.past.branch(SCENE, 2, { id: 'discord:other', server: SERVER, owner: MARA, title: BAD }),
    inform: (engine) => engine.ledger.inform(SCENE, { to: 'wenna', text: BAD }),
    'persona’s name': (engine) => engine.ledger.setPersona(SCENE, MARA, { name: BAD }),
    'persona’s sheet': (engine) => engine.ledger.setPersona(SCENE, MARA, { name: 'Sal', sheet: BAD }),
    secret: (engine) => engine.ledger.setSecret(SCENE, MARA.id, BAD),
    'name of a room': (engine) => engine.ledger.openRoom(SCENE, { id: 'discord:room', name: BAD }),
    'title of a scene': (engine) => anotherScene(engine, { title: BAD }),
    setting: (engine) => anotherScene(engine, { setting: BAD }),
  };

  function anotherScene(engine: Engine, wanted: Partial<StartScene>): Promise<unknown> {
    return engine.start({ id: 'discord:pier', stage: 'discord', server: SERVER, owner: MARA, ...wanted });
  }

  test.each(Object.keys(typed))('%s: is held back, noted, and stands nowhere', async (way) => {
    const { engine, everything, heldBack } = await scene();
    const answer = await typed[way]?.(engine).then(
      (heard) => heard,
      (error: unknown) => error,
    );
    await engine.idle(SCENE);
    if (answer instanceof PlayerError) {
      expect(answer.message).toBe('That line breaks a rule of this server, so nobody heard it.');
    } else {
      expect(answer).toEqual({ heard: false, because: 'held-back' });
    }
    expect(await heldBack()).toHaveLength(1);
    expect((await heldBack())[0]).toMatch(/was held back: the server’s rules of words \(Sea words\)\.$/);
    expect(await everything()).not.toContain(BAD);
  });

  test.each(Object.keys(typed))('%s: goes in where no rule says otherwise', async (way) => {
    const { engine, heldBack } = await scene({ rules: [] });
    const answer = await typed[way]?.(engine);
    await engine.idle(SCENE);
    if (way === 'line' || way === 'whisper') expect(answer).toMatchObject({ heard: true });
    expect(await heldBack()).toEqual([]);
  });

  test('passes for a role that is exempt', async () => {
    const { hear } = await scene({ rules: [{ ...RULE, exemptRoles: ['sailors'] }] });
    expect(await hear(BAD)).toMatchObject({ heard: true });
  });

  test('is told to the one who wrote it alone', async () => {
    const { hear, stage } = await scene();
    await hear(BAD);
    const told = stage.notices.filter(({ text }) => text.includes('breaks a rule'));
    expect(told.map(({ only }) => only)).toEqual([MARA.id]);
  });

  test('and edits afterwards is gone, old words and new', async () => {
    const { engine, hear, everything, heldBack } = await scene();
    await hear('OLD-WORDS about the sea', 'm1');
    await engine.amend(SCENE, 'm1', `OLD-WORDS about ${BAD}`);
    await engine.idle(SCENE);
    expect(await everything()).not.toContain('OLD-WORDS');
    expect(await everything()).not.toContain(BAD);
    expect(await heldBack()).toHaveLength(1);
    await hear('Other words', 'm2');
    await engine.amend(SCENE, 'm2', 'Better words');
    expect(await everything()).toContain('Better words');
    await engine.amend(SCENE, 'a bystander’s', BAD);
    expect(await heldBack()).toHaveLength(1);
  });
});

describe('where the server’s rules cannot be read', () => {
  test('nothing is let through, and it is said why', async () => {
    const rules = new StageError('unreachable', 'Discord does not answer just now.');
    const { hear, heldBack, notices } = await scene({ rules });
    expect(await hear('Good evening.')).toEqual({ heard: false, because: 'unchecked' });
    expect(notices().join()).toContain('Try again in a while');
    expect((await heldBack()).at(0)).toContain('cannot be read just now');
  });
});

describe('a moderation model', () => {
  const flags = (word: string): ModerationModel => ({
    name: 'guard',
    check: async (text) => ({
      flagged: text.includes(word),
      categories: text.includes(word) ? ['violence'] : [],
    }),
  });
  const down: ModerationModel = {
    name: 'guard',
    check: () => Promise.reject(new ModelError('unreachable', 'It is down.', { retryable: true })),
  };

  test('holds back what it flags, from characters and from people', async () => {
    const { hear, heldBack, everything } = await scene({
      turn: () => `<role_thinking>${BAD}</role_thinking>Well.`,
      rules: [],
      engine: { moderation: flags(BAD) },
    });
    expect(await hear(`A ${BAD}`)).toEqual({ heard: false, because: 'held-back' });
    expect(await hear('Good evening')).toMatchObject({ heard: true });
    expect(await heldBack()).toEqual([
      'A line of Old Wenna was held back: the moderation model (violence).',
      'What <@p1> wrote was held back: the moderation model (violence).',
    ]);
    expect(await everything()).not.toContain(BAD);
  });

  test('that does not answer holds everything back', async () => {
    let broken = false;
    const moderation: ModerationModel = {
      name: 'guard',
      check: (text, signal) => (broken ? down : flags(BAD)).check(text, signal),
    };
    const { engine, hear, heldBack, notices, stage } = await scene({
      rules: [],
      engine: { moderation },
    });
    broken = true;
    expect(await hear('Good evening.')).toEqual({ heard: false, because: 'unchecked' });
    expect(notices().join()).toContain('Try again in a while');
    const before = stage.lines();
    await engine.next(SCENE, 'wenna');
    await engine.idle(SCENE);
    expect(stage.lines()).toEqual(before);
    expect(await heldBack()).toEqual([
      'A line of Old Wenna was held back: the moderation model does not answer.',
      'What <@p1> wrote was held back: the moderation model does not answer.',
    ]);
  });

  test('is not asked where the room has it off', async () => {
    const { hear } = await scene({ rules: [], engine: { moderation: down, limits: { moderation: 'off' } } });
    expect(await hear('Good evening.')).toMatchObject({ heard: true });
  });

  test('lets no piece of a turn be shown before it has seen all of it', async () => {
    const pieces = async (moderation?: ModerationModel) => {
      const stage = createRecordingStage();
      const model = scriptedModel({ turn: () => 'Some words. <role_action>nods</role_action>' });
      const { engine } = await playHouse({
        stage,
        models: { actor: model },
        ...(moderation ? { moderation } : {}),
      });
      await engine.start({ id: 'web:one', stage: 'web', owner: MARA, cast: ['wenna'] });
      await engine.hear('web:one', { player: MARA, text: 'Wenna?' });
      await engine.idle('web:one');
      expect(stage.lines().at(-1)).toBe('Old Wenna: Some words. nods');
      return stage.pieces.filter((piece) => piece.startsWith('partial'));
    };
    expect(await pieces()).not.toEqual([]);
    expect(await pieces(flags(BAD))).toEqual([]);
  });
});

describe('addresses', () => {
  // What hides its address is told apart when a turn is read.
  const turn = () => 'Go to [the pier](https://bad.example/x) or https://good.example.';

  test('cannot be clicked, unless the room says otherwise; then they say where they lead', async () => {
    const plain = await scene({ turn });
    await plain.hear('Where?');
    expect(plain.stage.lines().at(-1)).toBe('Old Wenna: Go to bad.example/x or good.example.');
    const open = await scene({ turn, engine: { limits: { links: 'open' } } });
    await open.hear('Where?');
    expect(open.stage.lines().at(-1)).toBe('Old Wenna: Go to https://bad.example/x or https://good.example.');
  });
});

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
