import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SceneInfo } from '../../../../src/engine/engine-api.ts';
import type { PeekPolicy } from '../../../../src/engine/scene-record.ts';
import { MOST_PORTRAITS, sceneCard } from '../../../../src/stage/discord/card/scene-card.ts';
import { isPortrait, portraitOf, portraitUrls } from '../../../../src/stage/discord/lines/avatars.ts';
import { v2Components } from '../../../doubles/discord/rules/component-rules.ts';
import { defaultCast, smallCharacter } from '../../../support/small-library.ts';

const record: SceneInfo['record'] = {
  id: 'discord:1',
  log: 'discord:1#1',
  title: 'The last boat',
  stage: 'discord',
  owner: '2',
  preset: 'conversation',
  status: 'playing',
  seed: 1,
  createdAt: 0,
  restedAt: 0,
  pace: 'none',
  origin: 'discord',
  rooms: [],
  branches: [],
};
const facts = { portraits: {}, map: [], reads: true, botName: 'dramatis' };

function scene(change: Partial<SceneInfo> = {}): SceneInfo {
  return {
    record,
    setting: 'A ferry landing.',
    cast: [],
    players: [],
    beats: 1,
    turnsLeft: 3,
    turnsPerLine: 3,
    rooms: [],
    peek: 'owner',
    chips: [],
    ...change,
  };
}

function textOf(info: SceneInfo, change: Partial<Parameters<typeof sceneCard>[1]> = {}): string {
  return JSON.stringify(sceneCard(info, { ...facts, ...change }));
}

describe('sceneCard', () => {
  test('cuts no letter in two: Discord takes no text with half of one', () => {
    for (const first of ['', 'a']) {
      const words = first + '😀'.repeat(2000);
      const character = { ...smallCharacter('ada', 'Ada'), publicSheet: words };
      const card = textOf(
        scene({ setting: words, record: { ...record, title: words }, cast: [{ character, present: true }] }),
      );
      expect(card).not.toMatch(/\\ud[89a-f]/u);
    }
  });

  test('shows portraits beside their people, and who is away', () => {
    const card = textOf(
      scene({
        cast: [
          { character: smallCharacter('wenna', 'Old Wenna'), present: true },
          { character: smallCharacter('tom', 'Tom'), present: false },
        ],
      }),
      { portraits: { wenna: 'https://cdn/wenna.png' } },
    );
    expect(card).toContain('https://cdn/wenna.png');
    expect(card).toContain('**Away** Tom');
    expect(card).toContain('**Players** nobody yet');
  });

  test('says of how many drafts a turn is the best', () => {
    expect(textOf(scene({ bestOf: 3 }))).toContain('**Drafts** the best of 3, which a judge chooses');
    expect(textOf(scene())).not.toContain('Drafts');
  });

  test('says whose choices are counted, and nothing where they are nobody’s', () => {
    const people = ['Mara', '*Tom*'].map((name) => ({ id: `player:${name}`, name }));
    const card = textOf(scene({ choicesOf: people }));
    expect(card).toContain(
      '-# **Choices** of Mara, \\\\*Tom\\\\* are counted: which version of a line, never its words',
    );
    expect(textOf(scene())).not.toContain('Choices');
    expect(textOf(scene({ choicesOf: [] }))).not.toContain('Choices');
  });

  test('tells of everyone in one sentence, which a title does not end', () => {
    const darcy = { publicSheet: 'Mr. Darcy of Pemberley, ten thousand a year. Proud.' };
    const card = textOf(
      scene({ cast: [{ character: smallCharacter('darcy', 'Mr. Darcy', darcy), present: true }] }),
    );
    expect(card).toContain('-# Mr. Darcy of Pemberley, ten thousand a year');
    expect(card).not.toContain('Proud');
  });

  test('says how much the cast says by itself', () => {
    expect(textOf(scene({ turnsPerLine: 1 }))).toContain('**Budget** 1 turn of the cast after each line');
    expect(textOf(scene({ turnsPerLine: 0 }))).toContain('when someone asks for it');
  });

  test('says who is next and why, and the story’s hour', () => {
    const making = { id: 'character:darcy', name: 'Mr. Darcy' };
    const card = textOf(scene({ making, why: 'he was just insulted', clock: 'day 1, 21:05' }));
    expect(card).toContain('**Next** Mr. Darcy, he was just insulted');
    expect(card).toContain('**The story’s clock** day 1, 21:05');
    expect(textOf(scene({ making: { id: 'environment', name: 'Environment' } }))).toContain(
      '**Next** the Narrator"',
    );
    expect(textOf(scene())).not.toContain('**Next**');
  });

  test('says who may read thoughts', () => {
    const said = (peek: PeekPolicy) => textOf(scene({ peek }));
    expect(said('nobody')).toContain('**Thoughts** nobody reads them');
    expect(said('owner')).toContain('**Thoughts** the scene’s owner and moderators may read them');
    expect(said('everyone')).toContain('**Thoughts** everyone may read them\\n');
    expect(said('after')).toContain('**Thoughts** everyone may read them when the scene has ended');
    const wenna = { character: smallCharacter('wenna', 'Old Wenna'), present: true };
    expect(textOf(scene({ peek: 'everyone', cast: [wenna], peekOf: { wenna: 'nobody' } }))).toContain(
      '**Thoughts** everyone may read them; of Old Wenna nobody reads them',
    );
  });

  test('says who is in which room, and who perceives less than the rest', () => {
    const [wenna, tom] = [smallCharacter('wenna', 'Old Wenna'), smallCharacter('tom', 'Tom')];
    const actor = (id: string, name: string) => ({ id, name });
    const card = textOf(
      scene({
        cast: [wenna, tom].map((character) => ({ character, present: true })),
        players: [{ actor: actor('player:7', 'Alice'), present: true }],
      }),
      {
        map: [
          {
            place: 'main',
            name: 'The last boat',
            people: [
              { actor: actor('character:wenna', 'Old Wenna'), condition: 'asleep' },
              { actor: actor('player:7', 'Alice'), condition: 'apart' },
            ],
          },
          {
            place: 'discord:5',
            name: 'Cellar',
            people: [{ actor: actor('character:tom', 'Tom'), condition: 'awake' }],
          },
          { place: 'discord:6', name: 'Attic', people: [] },
        ],
      },
    );
    expect(card).toContain('**Old Wenna** · asleep');
    expect(card).toContain('**Tom** · in Cellar');
    expect(card).toContain('**Players** Alice (out of earshot)');
    expect(card).toContain('**In** <#5> Tom');
    expect(card).toContain('**In** <#6> nobody');
  });

  test('says where lines are sent', () => {
    expect(textOf(scene())).toContain('**Lines are sent to** nobody');
    expect(textOf(scene({ model: 'her-32b' }), { modelPlace: 'at api.example.com' })).toContain(
      '**Lines are sent to** her-32b, at api.example.com',
    );
  });

  test('says how to be heard where the bot may not read along', () => {
    expect(textOf(scene(), { reads: false })).toContain('mention @dramatis');
  });

  test('has no buttons when the scene has ended, and Continue when it is paused', () => {
    expect(textOf(scene({ record: { ...record, status: 'ended' } }))).not.toContain('dramatis:');
    expect(textOf(scene({ record: { ...record, status: 'paused' } }))).toContain('"label":"Continue"');
  });

  test('what people typed is text: no heading, no list, no link', () => {
    const card = textOf(scene({ setting: '# Big\n[link](https://x.example)\n- item' }));
    expect(card).toContain('\\\\# Big');
    expect(card).not.toContain('\\n- item');
    expect(card).toContain('\\\\[link](');
  });

  test('keeps within Discord’s limits, whatever is in the scene', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 });
    const nasty = fc.oneof(name, fc.constant('*_|`~#'.repeat(15)));
    const person = fc.record({ name: nasty, sheet: nasty, present: fc.boolean() });
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 40 }),
        fc.array(nasty, { maxLength: 40 }),
        nasty,
        fc.boolean(),
        fc.array(nasty, { maxLength: 30 }),
        (cast, players, title, reads, rooms) => {
          const people = [
            ...cast.map(({ name }, i) => ({ id: `character:c${i}`, name })),
            ...players.map((name, i) => ({ id: `player:${i}`, name })),
          ];
          const map = [title, ...rooms].map((name, i) => ({
            place: i === 0 ? 'main' : `discord:${10 ** 19 + i}`,
            name,
            people: people
              .filter((_, k) => k % (rooms.length + 1) === i)
              .map((actor) => ({ actor, condition: 'apart' as const })),
          }));
          const info = scene({
            record: { ...record, title },
            setting: '*'.repeat(4000),
            model: '_'.repeat(200),
            making: { id: 'character:c0', name: '*'.repeat(100) },
            why: '_'.repeat(500),
            clock: 'day 1000, 21:05',
            cast: cast.map(({ name, sheet, present }, i) => ({
              character: smallCharacter(`c${i}`, name, { publicSheet: sheet }),
              present,
            })),
            players: players.map((name, i) => ({ actor: { id: `player:${i}`, name }, present: true })),
          });
          const portraits = Object.fromEntries(cast.map((_, i) => [`c${i}`, 'attachment://x.png']));
          const parts = sceneCard(info, {
            portraits,
            map,
            reads,
            botName: '*'.repeat(80),
            modelPlace: '*'.repeat(300),
          });
          expect(v2Components.safeParse(parts).error?.issues ?? []).toEqual([]);
          expect(JSON.stringify(parts).split('attachment://').length - 1).toBeLessThanOrEqual(MOST_PORTRAITS);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('portraitUrls', () => {
  test('finds pictures among attachments and in components, without their signature', () => {
    const message = {
      attachments: [{ filename: 'wenna.png', url: 'https://cdn.example/a/wenna.png?ex=1&hm=2' }],
      components: [{ accessory: { media: { url: 'https://cdn.example/b/tom.webp?ex=1' } } }],
    };
    expect(portraitUrls(message, defaultCast())).toEqual({
      wenna: 'https://cdn.example/a/wenna.png',
      tom: 'https://cdn.example/b/tom.webp',
    });
  });

  test('tells another picture of the same character, and names in other letters, apart', async () => {
    const stored = (id: string, digest: string) =>
      smallCharacter(id, id, {
        avatar: { type: 'stored', mime: 'image/png', digest, read: async () => Uint8Array.of(1) },
      });
    const files = ['алиса', 'мария'].map((id) => portraitOf(stored(id, '0123456789abcdef')));
    const [one, other] = (await Promise.all(files)).map((file) => file?.name);
    expect(one).not.toBe(other);
    for (const name of [one, other]) expect(name).toMatch(/^[\w-]+\.png$/);
    const url = `https://cdn.example/a/${one}`;
    expect(isPortrait(url, stored('алиса', '0123456789abcdef'))).toBe(true);
    expect(isPortrait(url, stored('алиса', 'fedcba9876543210'))).toBe(false);
    expect(isPortrait(url, stored('мария', '0123456789abcdef'))).toBe(false);
    expect(isPortrait(undefined, stored('алиса', '0123456789abcdef'))).toBe(false);
  });
});
