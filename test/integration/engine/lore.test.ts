import { describe, expect, test } from 'vitest';
import { promptOf } from '../../support/answering-model.ts';
import { loreHouse, smallWorld } from '../../support/lore-house.ts';
import { OWNER, SCENE } from '../../support/play-house.ts';
import { scriptedModel } from '../../support/scripted-model.ts';
import { smallBook } from '../../support/small-book.ts';
import { smallCard } from '../../support/small-card.ts';

const BY = { id: OWNER.id, moderator: false };

describe('lore that was called up', () => {
  test('stands at the end of the prompt, with macros filled for whose prompt it is', async () => {
    const { say, tailOf } = await loreHouse({
      tom: {
        nickname: 'Reddy',
        book: smallBook({ keys: ['lamp'], text: '{{char}} put out {{user}}’s lamp.' }),
      },
    });
    await say('Tom, the lamp?');
    expect(tailOf('Tom Reddick')).toMatch(/^\[What Tom Reddick knows of this: Reddy put out Mara’s lamp\.\]/);
  });

  test('of a world reaches everyone for whom it is in play, and whom its filter lets know', async () => {
    const book = smallBook(
      { keys: ['lamp'], text: 'OPEN-WORLD' },
      { keys: ['lamp'], text: 'FOR-WENNA', only: { names: ['Old Wenna'], tags: [], not: false } },
    );
    const { say, tailOf } = await loreHouse({ worlds: [smallWorld('harbour', book)] });
    await say('Tom, the lamp? And you, Wenna?');
    expect(tailOf('Tom Reddick')).toContain('OPEN-WORLD');
    expect(tailOf('Old Wenna')).toContain('OPEN-WORLD\nFOR-WENNA');
    expect(tailOf('Tom Reddick')).not.toContain('FOR-WENNA');
  });

  test('for one by name is not for who only calls themselves so', async () => {
    const only = { names: ['Old Wenna'], tags: [], not: false };
    const entries = [
      { constant: true, only, text: 'FOR-WENNA' },
      { keys: ['lamp'], only, text: 'HER-LAMP' },
    ];
    const worlds = [smallWorld('harbour', smallBook(...entries))];
    const tom = { aliases: ['Old Wenna'], nickname: 'old wenna' };
    const { engine, say, promptsOf } = await loreHouse({ worlds, tom });
    await say('Tom Reddick, the lamp?');
    for (const called of ['tom', 'wenna']) {
      await engine.next(SCENE, called);
      await engine.idle(SCENE);
    }
    expect(promptsOf('Tom Reddick').at(-1)).not.toMatch(/FOR-WENNA|HER-LAMP/);
    expect(promptsOf('Old Wenna').at(-1)).toMatch(/FOR-WENNA.*HER-LAMP/s);
    const rehearsed = async (moderator: boolean) => {
      const desk = { by: { id: 'p9', moderator } };
      const { signal } = new AbortController();
      return JSON.stringify(await engine.cards.rehearse(desk, smallCard('Old Wenna'), '', signal));
    };
    expect(await rehearsed(false)).not.toContain('FOR-WENNA');
    expect(await rehearsed(true)).toContain('FOR-WENNA');
  });

  test('of a world that is not in play is nowhere', async () => {
    const book = smallBook({ keys: ['lamp'], text: 'NOT-IN-PLAY' }, { text: 'NOR-THIS', constant: true });
    const worlds = [smallWorld('harbour', book)];
    const { engine, say, model } = await loreHouse({ worlds, rules: { worlds: [] } });
    await say('Tom, the lamp?');
    const everything = () => model.asked.map(({ request }) => promptOf(request)).join('\n');
    expect(everything()).not.toMatch(/NOT-IN-PLAY|NOR-THIS/);
    const [level] = await engine.settings.levels({ scene: SCENE, stage: 'web' }, 'tom');
    if (level) await engine.settings.set(level, 'worlds', ['harbour', 'gone']);
    await say('Tom, the lamp? And you, Wenna?');
    const of = (name: string) => model.asked.findLast((one) => one.of === name);
    expect(promptOf(of('Tom Reddick')?.request)).toMatch(/NOR-THIS.*NOT-IN-PLAY/s);
    expect(promptOf(of('Old Wenna')?.request)).not.toMatch(/NOT-IN-PLAY|NOR-THIS/);
  });

  test('without a key stands in the sheet, before all that was said, once', async () => {
    const { say, promptsOf, tailOf } = await loreHouse({
      tom: {
        book: smallBook({ constant: true, text: 'ALWAYS-KNOWN' }, { keys: ['lamp'], text: 'The lamp.' }),
      },
    });
    await say('Tom, the lamp?');
    await say('Tom, and now?');
    for (const prompt of promptsOf('Tom Reddick')) {
      expect(prompt.split('ALWAYS-KNOWN')).toHaveLength(2);
      expect(prompt.indexOf('ALWAYS-KNOWN')).toBeLessThan(prompt.indexOf('The scene begins.'));
    }
    expect(tailOf('Tom Reddick')).toContain('The lamp.');
  });
});

describe('a character that could not know an entry has it in none of its prompts', () => {
  test('for it is in another’s card', async () => {
    const { say, model } = await loreHouse({
      tom: {
        book: smallBook({ keys: ['lamp'], text: 'CANARY-KEYED' }, { constant: true, text: 'CANARY-ALWAYS' }),
      },
    });
    await say('Tom, the lamp? And you, Wenna?');
    for (const { of, request } of model.asked) {
      if (of === 'Tom Reddick') expect(promptOf(request)).toMatch(/CANARY-ALWAYS.*CANARY-KEYED/s);
      else expect(promptOf(request), of).not.toContain('CANARY');
    }
  });

  const world = smallWorld('harbour', smallBook({ keys: ['lamp'], text: 'CANARY' }));

  test('for the word was whispered to another', async () => {
    const { engine, say, tailOf } = await loreHouse({ worlds: [world], rules: { loreDepth: 9 } });
    await engine.whisper(SCENE, { player: OWNER, text: 'The lamp.', to: ['tom'] });
    await engine.idle(SCENE);
    expect(tailOf('Tom Reddick')).toContain('CANARY');
    await say('Wenna, what is it?');
    expect(tailOf('Old Wenna')).toBe('');
    await say('Tom, what is it?');
    expect(tailOf('Tom Reddick')).toContain('CANARY');
  });

  test('for it was away when the word fell', async () => {
    const { engine, say, tailOf } = await loreHouse({ worlds: [world] });
    await engine.dismiss(SCENE, 'wenna');
    await say('Tom, the lamp?');
    await engine.summon(SCENE, 'wenna');
    await say('Wenna, what is it?');
    expect(tailOf('Tom Reddick')).toContain('CANARY');
    expect(tailOf('Old Wenna')).toBe('');
  });

  test('for another only thought of it; who thought it knows', async () => {
    const model = scriptedModel({ turn: () => '<role_thinking>The lamp!</role_thinking>Nothing.' });
    const { say, tailOf } = await loreHouse({ worlds: [world], model, rules: { loreDepth: 9 } });
    await say('Tom, what is it?');
    await say('Wenna, what is it?');
    expect(tailOf('Old Wenna')).toBe('');
    await say('Tom, and now?');
    expect(tailOf('Tom Reddick')).toContain('CANARY');
  });

  test('for what called it up is in a book that it has not', async () => {
    const worlds = [{ ...world, book: { ...world.book, recursive: true } }];
    const { say, tailOf } = await loreHouse({
      worlds,
      tom: {
        book: { ...smallBook({ keys: ['night'], text: 'At night the lamp is lit.' }), recursive: true },
      },
    });
    await say('Tom, a dark night. No, Wenna?');
    expect(tailOf('Tom Reddick')).toContain('CANARY');
    expect(tailOf('Old Wenna')).toBe('');
  });
});

describe('time', () => {
  const sticky = smallBook({ keys: ['lamp'], text: 'STICKY', sticky: 3 });
  const cooling = smallBook({ keys: ['lamp'], text: 'COOLING', cooldown: 3 });

  test('an entry stays for its lines and goes then', async () => {
    const { say, tailOf } = await loreHouse({ tom: { book: sticky }, rules: { loreDepth: 1 } });
    await say('Tom, the lamp?');
    expect(tailOf('Tom Reddick')).toContain('STICKY');
    await say('Tom, and now?');
    expect(tailOf('Tom Reddick')).toContain('STICKY');
    await say('Tom, and now?');
    expect(tailOf('Tom Reddick')).toBe('');
  });

  test('a rewind takes it back to where it was', async () => {
    const { engine, say, tailOf } = await loreHouse({ tom: { book: cooling }, rules: { loreDepth: 1 } });
    const first = await say('Tom, are you there?');
    await say('Tom, the lamp?');
    expect(tailOf('Tom Reddick')).toContain('COOLING');
    await say('Tom, the lamp again?');
    expect(tailOf('Tom Reddick')).toBe('');
    await engine.past.rewind(SCENE, first + 1);
    await say('Tom, the lamp?');
    expect(tailOf('Tom Reddick')).toContain('COOLING');
  });

  test('of a swipe counts the version that stands, drafted with the lore of its own moment', async () => {
    const book = smallBook({ keys: ['lamp'], text: 'COOLING', cooldown: 4, probability: 50 });
    const { engine, say, promptsOf, store } = await loreHouse({ tom: { book }, rules: { loreDepth: 1 } });
    await say('Tom, the lamp?');
    await engine.past.swipe(SCENE, 'next', BY);
    const [first, second] = promptsOf('Tom Reddick');
    expect(second).toBe(first);
    const lore = (await Array.fromAsync(store.read(`${SCENE}#1`))).flatMap((beat) =>
      beat.kind === 'line' && beat.made ? [beat.made.lore?.length ?? 0] : [],
    );
    expect(new Set(lore).size).toBe(1);
  });

  test('is the same after a restart', async () => {
    const { engine, say, store } = await loreHouse({ tom: { book: cooling }, rules: { loreDepth: 1 } });
    await say('Tom, the lamp?');
    await engine.close();
    const again = await loreHouse({ tom: { book: cooling }, rules: { loreDepth: 1 }, house: { store } });
    await again.engine.resume(SCENE);
    await again.say('Tom, the lamp again?');
    expect(again.promptsOf('Tom Reddick')).toHaveLength(1);
    expect(again.tailOf('Tom Reddick')).toBe('');
  });
});

describe('where there is not room for all', () => {
  const book = smallBook(
    { keys: ['lamp'], name: 'SECRET-NAME', text: `FIRST ${'oil '.repeat(30)}`, order: 2 },
    { keys: ['lamp'], name: 'OTHER-NAME', text: `SECOND ${'oil '.repeat(30)}`, order: 1 },
  );

  test('the room is told once for each character, without a name of an entry; whole ones stand', async () => {
    const { engine, say, tailOf, stage } = await loreHouse({ tom: { book }, rules: { loreTokens: 60 } });
    const notices = () => stage.notices.filter(({ text }) => text.includes('loreTokens'));
    await say('Tom, the lamp?');
    expect(tailOf('Tom Reddick')).toContain('FIRST');
    expect(tailOf('Tom Reddick')).not.toContain('SECOND');
    expect(notices()).toHaveLength(1);
    expect(notices()[0]?.text).toMatch(/Tom Reddick/);
    expect(JSON.stringify(stage.notices)).not.toMatch(/-NAME/);
    await say('Tom, the lamp again?');
    await engine.past.rewind(SCENE, 3);
    await say('Tom, the lamp?');
    expect(notices()).toHaveLength(1);
  });

  test('nothing of it is known with loreTokens 0, and nobody is told so each time', async () => {
    const { say, tailOf, stage } = await loreHouse({ tom: { book }, rules: { loreTokens: 0 } });
    await say('Tom, the lamp?');
    expect(tailOf('Tom Reddick')).toBe('');
    expect(stage.notices).toEqual([]);
  });

  test('what is always known comes first, and is the same whatever is spoken of', async () => {
    const always = { constant: true, text: `ALWAYS ${'salt '.repeat(20)}`, order: 0 };
    const { say, promptsOf } = await loreHouse({
      tom: {
        book: {
          ...book,
          entries: [...book.entries, ...smallBook(always).entries.map((one) => ({ ...one, id: '9' }))],
        },
      },
      rules: { loreTokens: 60 },
    });
    await say('Tom, are you there?');
    await say('Tom, the lamp?');
    for (const prompt of promptsOf('Tom Reddick')) {
      expect(prompt).toContain('ALWAYS');
      expect(prompt).not.toContain('FIRST');
    }
  });
});

describe('why an entry was active', () => {
  const moderator = { id: 'm1', moderator: true };
  const world = smallWorld(
    'harbour',
    smallBook({ keys: ['lantern', 'lamp'], name: 'harbour light', text: 'It is dark.' }),
  );

  test('is known by name, key and beat, from the library as it is now', async () => {
    const { engine, say } = await loreHouse({ worlds: [world] });
    const n = await say('Tom, the lamp?');
    const named = [{ name: 'harbour light', why: 'key', key: 'lamp', beat: n }];
    expect(await engine.why(SCENE, n + 1, BY)).toMatchObject({ named, withheld: 0 });
    expect(await engine.why(SCENE, n + 1, BY)).toMatchObject({
      lore: [{ book: 'harbour', entry: '0', why: 'key', key: 1, beat: n }],
    });
  });

  test('of a book that is gone only its id is left', async () => {
    const { engine, say, store } = await loreHouse({ worlds: [world] });
    const n = await say('Tom, the lamp?');
    await engine.close();
    const again = await loreHouse({ house: { store } });
    expect(await again.engine.why(SCENE, n + 1, BY)).toMatchObject({
      named: [{ name: '0', why: 'key', beat: n }],
    });
  });

  test('tells nobody of a whisper that is not theirs', async () => {
    const { engine, say } = await loreHouse({ worlds: [world] });
    await engine.whisper(SCENE, { player: OWNER, text: 'The lamp.', to: ['tom'] });
    await engine.idle(SCENE);
    const n = await say('Tom, what is it?');
    expect(await engine.why(SCENE, n + 1, moderator)).toMatchObject({ named: [], withheld: 1 });
    expect(await engine.why(SCENE, n + 1, BY)).toMatchObject({ named: [{ beat: n - 2 }], withheld: 0 });
  });

  test('tells nobody of a whisper that met a condition, or called up by way of another entry', async () => {
    const secondary = { keys: ['weather'], secondaryKeys: ['smugglers'], name: 'secondary', text: 'Two.' };
    const also = [{ keys: ['smugglers'], logic: 'any' as const }];
    const entries = [
      { constant: true, name: 'always', text: 'The lantern.' },
      secondary,
      { constant: true, also, name: 'more', text: 'Three.' },
      { keys: ['smugglers'], secondaryKeys: ['lantern'], name: 'recalled', text: 'Four.' },
    ];
    const book = { ...smallBook(...entries), recursive: true };
    const { engine, say } = await loreHouse({ tom: { book }, rules: { loreDepth: 4 } });
    const joan = { id: 'p2', name: 'Joan' };
    await say('Good evening.', joan);
    await engine.whisper(SCENE, { player: joan, text: 'The smugglers?', to: ['tom'] });
    await engine.idle(SCENE);
    const n = await say('Tom, the weather?');
    expect(await engine.why(SCENE, n + 1, BY)).toMatchObject({ named: [{ name: 'always' }], withheld: 3 });
    await say('Well.');
    await say('Tom, the smugglers, in this weather?');
    const last = (await say('Tom?')) + 1;
    expect(await engine.why(SCENE, last, BY)).toMatchObject({ withheld: 0 });
  });

  test('tells nobody of words that were edited away or taken back', async () => {
    const { engine } = await loreHouse({ worlds: [world], rules: { logWhispers: true } });
    const said = async (text: string, source: string) => {
      await engine.hear(SCENE, { player: OWNER, text, source });
      await engine.idle(SCENE);
      return (await engine.replay(SCENE)).at(-1)?.n ?? 0;
    };
    const first = await said('Tom, the lamp?', 'm1');
    expect(await engine.why(SCENE, first, moderator)).toMatchObject({ named: [{ key: 'lamp' }] });
    await engine.amend(SCENE, 'm1', 'Tom, the door?');
    expect(await engine.why(SCENE, first, moderator)).toMatchObject({ named: [], withheld: 1 });
    const second = await said('Tom, the lamp?', 'm2');
    await engine.retract(SCENE, 'm2');
    expect(await engine.why(SCENE, second, moderator)).toMatchObject({ named: [], withheld: 1 });
  });

  test('of two settings of one world is there once', async () => {
    const worlds = [smallWorld('harbour', smallBook({ constant: true, text: 'ONCE' }))];
    const { say, promptsOf } = await loreHouse({ worlds, rules: { worlds: ['harbour', 'harbour'] } });
    await say('Tom?');
    expect(promptsOf('Tom Reddick').at(-1)?.split('ONCE')).toHaveLength(2);
  });

  test('tells nobody of a thought that is not for their eyes', async () => {
    const model = scriptedModel({ turn: () => '<role_thinking>The lamp!</role_thinking>Nothing.' });
    const book = smallBook({ keys: ['lamp'], name: 'light', text: 'Dark.', sticky: 9 });
    const { engine, say } = await loreHouse({ tom: { book }, model, rules: { loreDepth: 2 } });
    await say('Tom, what is it?');
    const second = (await say('Tom, and now?')) + 1;
    await say('Well.');
    const third = (await say('Tom, and now?')) + 1;
    expect(await engine.why(SCENE, second, BY)).toMatchObject({ named: [{ why: 'key' }], withheld: 0 });
    expect(await engine.why(SCENE, third, BY)).toMatchObject({ named: [{ why: 'sticky' }], withheld: 0 });
    await engine.setPeek(SCENE, 'nobody');
    expect(await engine.why(SCENE, second, BY)).toMatchObject({ named: [], withheld: 1 });
    expect(await engine.why(SCENE, third, BY)).toMatchObject({ named: [], withheld: 1 });
  });

  test('is in what x-ray is told of a draft', async () => {
    const { engine, say } = await loreHouse({ worlds: [world], rules: { loreTokens: 2 } });
    const reports: unknown[] = [];
    engine.backstage.onDraft((report) => reports.push(report));
    await say('Tom, the lamp?');
    expect(reports).toEqual([expect.objectContaining({ loreLeft: 1 })]);
    const other = await loreHouse({ worlds: [world] });
    other.engine.backstage.onDraft((report) => reports.push(report));
    const beat = await other.say('Tom, the lamp?');
    const lore = [{ name: 'harbour light', why: 'key', key: 'lamp', beat }];
    expect(reports.at(-1)).toMatchObject({ lore });
  });
});
