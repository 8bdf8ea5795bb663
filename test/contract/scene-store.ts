import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Beat } from '../../src/scene/beat.ts';
import { type SceneStore, StoreError } from '../../src/store/scene-store.ts';

/**
 * What every `SceneStore` must do; run by the tests of each kind of store. `open` gives a store that
 * may hold other scenes; each test plays in a scene of its own.
 */
export function describeSceneStore(name: string, open: () => Promise<SceneStore>): void {
  describe(`a scene store: ${name}`, () => {
    let store: SceneStore;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(async () => {
      await store.close();
    });

    test('reads beats in the order in which they were appended', async () => {
      const scene = newScene();
      const beats = [setting(1, 'A ballroom.'), line(2, 'Good evening.'), whisper(3)];
      for (const beat of beats) await store.append(scene, beat);
      expect(await all(store.read(scene))).toEqual(beats);
    });

    test('reads from a beat to the end, across the batches in which it reads', async () => {
      const scene = newScene();
      await fill(store, scene, 600);
      const numbers = async (from: number) => (await all(store.read(scene, from))).map((beat) => beat.n);
      expect(await numbers(1)).toEqual(range(1, 600));
      expect(await numbers(257)).toEqual(range(257, 600));
      expect(await numbers(600)).toEqual([600]);
      expect(await numbers(601)).toEqual([]);
    });

    test('has no beats in a scene that it does not know', async () => {
      expect(await all(store.read(newScene()))).toEqual([]);
    });

    test('keeps every character of a text', async () => {
      const scene = newScene();
      const text = 'é 💭 \u0000 \ud800 <role_thinking> "quotes" \\ \r\n\u2028 :base64:AAAA';
      await store.append(scene, line(1, text));
      expect(await all(store.read(scene))).toEqual([line(1, text)]);
    });

    test('keeps scenes apart, whatever their ids look like', async () => {
      const scene = newScene();
      const others = [`${scene}/0000000001`, `${scene}/`, `beat:${scene}`, `${scene}%_'"*[a]`];
      await store.append(scene, line(1, scene));
      for (const other of others) await store.append(other, line(1, other));
      await store.erase(scene);
      for (const other of others) expect(await all(store.read(other))).toEqual([line(1, other)]);
    });

    test('refuses a beat whose number is taken or leaves a gap, and changes nothing', async () => {
      const scene = newScene();
      await store.append(scene, line(1, 'first'));
      await expect(store.append(scene, line(1, 'again'))).rejects.toThrow(StoreError);
      await expect(store.append(scene, line(3, 'later'))).rejects.toThrow('the next is 2, not 3');
      expect(await all(store.read(scene))).toEqual([line(1, 'first')]);
      await store.append(scene, line(2, 'second'));
    });

    test('of two appends at once with one number, one is refused', async () => {
      const scene = newScene();
      const outcomes = await Promise.allSettled([
        store.append(scene, line(1, 'this one')),
        store.append(scene, line(1, 'not this one')),
        store.append(scene, line(2, 'after it')),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await all(store.read(scene))).toEqual([line(1, 'this one'), line(2, 'after it')]);
    });

    test('stores nothing that the beat schema does not name', async () => {
      const scene = newScene();
      const leaky = { ...line(1, 'Indeed.'), systemThinking: 'CANARY' };
      await store.append(scene, leaky);
      expect(JSON.stringify(await all(store.read(scene)))).not.toContain('CANARY');
    });

    test('refuses what is not a beat, without quoting it', async () => {
      const scene = newScene();
      const broken = { ...line(1, 'SECRET'), kind: 'shout' } as unknown as Beat;
      await expect(store.append(scene, broken)).rejects.toThrow(StoreError);
      await expect(store.append(scene, broken)).rejects.not.toThrow('SECRET');
      await store.append(scene, line(1, 'fine'));
    });

    test('rewrites a beat in its place', async () => {
      const scene = newScene();
      await fill(store, scene, 3);
      await store.rewrite(scene, line(2, ''));
      expect(await all(store.read(scene))).toEqual([setting(1), line(2, ''), setting(3)]);
      await expect(store.rewrite(scene, line(4, 'no such beat'))).rejects.toThrow(StoreError);
      await store.append(scene, line(4, 'the next one still fits'));
    });

    test('erases log, record and deliveries of one scene, which can then begin again', async () => {
      const [scene, other] = [newScene(), newScene()];
      for (const id of [scene, other]) {
        await fill(store, id, 300);
        await store.put('scene', id, { id });
        await store.put('delivery', `${id}/300`, { messages: ['1'] });
      }
      await store.erase(scene);
      expect(await all(store.read(scene))).toEqual([]);
      expect(await store.get('scene', scene)).toBeUndefined();
      expect(await store.get('delivery', `${scene}/300`)).toBeUndefined();
      await store.append(scene, line(1, 'anew'));

      expect(await all(store.read(other))).toHaveLength(300);
      expect(await store.get('scene', other)).toEqual({ id: other });
      expect(await store.get('delivery', `${other}/300`)).toEqual({ messages: ['1'] });
    });

    test('keeps documents by kind and id', async () => {
      const id = newScene();
      await store.put('server', id, { approved: true });
      await store.put('person', id, { name: 'Anne' });
      await store.put('server', id, { approved: false });
      expect(await store.get('server', id)).toEqual({ approved: false });
      expect(await store.get('person', id)).toEqual({ name: 'Anne' });
      await store.remove('server', id);
      await store.remove('server', id);
      expect(await store.get('server', id)).toBeUndefined();
      expect(await store.get('person', id)).toEqual({ name: 'Anne' });
    });

    test.each([null, false, 0, '', [], 'text'])('keeps %j as a document', async (value) => {
      const id = newScene();
      await store.put('counter', id, value);
      expect(await store.get('counter', id)).toEqual(value);
    });

    test('refuses to store a document that is nothing', async () => {
      await expect(store.put('counter', newScene(), undefined)).rejects.toThrow(StoreError);
    });

    test('takes ids that look like its own keys', async () => {
      for (const id of ['webhook:1', 'dramatis/webhook::1', 'keyv:1', 'a/b', "o'clock", '%']) {
        await store.put('webhook', id, { id });
        expect(await store.get('webhook', id)).toEqual({ id });
        expect(await all(store.ids('webhook'))).toContain(id);
        await store.remove('webhook', id);
      }
    });

    test('lists the ids of one kind, each once', async () => {
      const scene = newScene();
      const ids = range(1, 250).map((n) => `${scene}:${n}`);
      for (const id of ids) await store.put('message', id, { scene, n: 1 });
      await store.put('webhook', scene, {});
      const listed = (await all(store.ids('message'))).filter((id) => id.startsWith(scene));
      expect(listed.toSorted()).toEqual(ids.toSorted());
    });
  });
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  return Array.fromAsync(items);
}

export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

let scenes = 0;

/** An id that no run before has used: stores elsewhere outlive a run. */
export function newScene(): string {
  scenes += 1;
  return `lab:${process.pid}-${Date.now()}-${scenes}`;
}

const common = {
  at: 1_700_000_000_000,
  origin: 'lab' as const,
  witnesses: ['character:anne', 'player:1'],
};
const anne = { id: 'character:anne', name: 'Anne' };

export function setting(n: number, text = 'A room.'): Beat {
  return { ...common, n, kind: 'setting', text };
}

export function line(n: number, speech: string): Beat {
  const segments = [
    { kind: 'thought', text: 'So it begins.' } as const,
    { kind: 'speech', text: speech } as const,
  ];
  return { ...common, n, kind: 'line', speaker: anne, turn: `turn-${n}`, segments };
}

function whisper(n: number): Beat {
  const speaker = { id: 'player:1', name: 'Guest' };
  return { ...common, n, kind: 'whisper', speaker, to: [anne], turn: 'w', segments: [] };
}

async function fill(store: SceneStore, scene: string, count: number): Promise<void> {
  for (const n of range(1, count)) await store.append(scene, setting(n));
}
