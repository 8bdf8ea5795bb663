import { describe, expect, test } from 'vitest';
import type { EntryKind } from '../../../../src/store/keyv-store.ts';
import { StoreError } from '../../../../src/store/scene-store.ts';
import { copyOf, MARA, SCENES, type Stored, startOver, storedEvening, TIM } from './stored-evening.ts';

const whole = await storedEvening();
const OTHERS = SCENES.map(({ id }) => id);

/** One of each kind in a scene; all of what is no beat and of no message. */
const LOOKED_AT = [...whole].flatMap(([kind, entries]) =>
  [...entries.keys()]
    .filter(
      (key) =>
        !['beat', 'delivery', 'message', 'heard'].includes(kind) || /c1#1[/-](0{9})?(1|8|13)$/u.test(key),
    )
    .map((key): [EntryKind, string] => [kind, key]),
);

/** Scenes in which nothing is played while such an entry is damaged. */
function closedBy(kind: EntryKind, key: string): readonly string[] {
  if (kind === 'beat') return [key.slice(0, key.indexOf('#'))];
  if (kind === 'scene') return [key];
  // Who may play there is not known any more: nobody, until it is set again.
  if (key === 'config/s1') return ['discord:c1', 'discord:c2'];
  // Whether they want to be heard is not known any more.
  if (key === 'consent/p1') return ['discord:c1'];
  return [];
}

/** What comes of everything that goes through more than one entry. */
async function useAll(stored: Stored) {
  const { engine, stage, logged } = await startOver(stored);
  const playing: string[] = [];
  for (const { id, player } of SCENES) {
    const before = stage.lines().length;
    try {
      await engine.resume(id);
      await engine.idle(id);
      await engine.hear(id, { player, text: 'Old Wenna, what do you say?', source: `m3-${id}` });
      await engine.idle(id);
    } catch {
      continue;
    }
    if (stage.lines().length > before) playing.push(id);
  }
  const listed = await Array.fromAsync(engine.scenes());
  await engine.privacy.what(TIM.id);
  await engine.privacy.sweep();
  await engine.servers.allowed('s1');
  await engine.servers.halt('s2');
  const erased = await engine.privacy.erase(MARA.id).catch((error: unknown) => error);
  await engine.close();
  return { playing, listed: listed.length, erased, logged };
}

describe('one damaged entry', () => {
  test('of none: all of it plays', async () => {
    const { playing, listed, erased, logged } = await useAll(copyOf(whole));
    expect({ playing, listed, erased }).toMatchObject({ playing: OTHERS, listed: 3, erased: { scenes: 1 } });
    expect(logged.filter((event) => /damaged|unreadable/u.test(event))).toEqual([]);
  });

  test.each(LOOKED_AT)(
    '%s %s: everything that it is not about goes on, and it is told of',
    async (kind, key) => {
      const stored = copyOf(whole);
      const text = stored.get(kind)?.get(key) ?? '';
      // A few bytes that changed, or something that was never written there.
      const damaged = key.length % 2 === 0 ? text.replace(/.{6}"\}$/u, 'AAAAAA"}') : text.slice(0, -3);
      stored.get(kind)?.set(key, damaged);
      const { playing, listed, erased, logged } = await useAll(stored);
      expect(playing).toEqual(OTHERS.filter((id) => !closedBy(kind, key).includes(id)));
      expect(listed).toBe(kind === 'scene' ? 2 : 3);
      // Who asked to be forgotten is not told that it was done while something cannot be read.
      if (kind === 'beat' || kind === 'scene') expect(erased).toBeInstanceOf(StoreError);
      else expect(erased).toMatchObject({ scenes: 1 });
      // Pictures and old messages are read when somebody asks for them.
      if (!key.endsWith('picture') && kind !== 'message') expect(logged.join()).toMatch(/damaged|unread/u);
    },
  );
});
