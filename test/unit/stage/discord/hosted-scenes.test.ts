import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../../src/engine/engine-api.ts';
import { type SceneRecord, sceneRecordSchema } from '../../../../src/engine/scene-record.ts';
import { silentLog } from '../../../../src/log.ts';
import { createBackground } from '../../../../src/stage/discord/gateway/background.ts';
import { createHostedScenes } from '../../../../src/stage/discord/gateway/hosted-scenes.ts';

function scene(change: Partial<SceneRecord> = {}): SceneRecord {
  return sceneRecordSchema.parse({
    id: 'discord:1',
    log: 'discord:1#1',
    title: 'The Harbour',
    stage: 'discord',
    owner: 'mara',
    preset: 'conversation',
    status: 'playing',
    seed: 1,
    createdAt: 0,
    ...change,
  });
}

const cellar = { rooms: [{ id: 'discord:2', name: 'Cellar' }] };

function open(stored: readonly SceneRecord[] = []) {
  const opened: string[] = [];
  const engine = {
    async *scenes() {
      yield* stored;
    },
    end: async () => {},
    ledger: { closeRoom: async () => {} },
  };
  const hosted = createHostedScenes({
    engine: engine as unknown as Engine,
    goOnLater: { unreachable: () => {}, waits: () => false, waitsStill: async () => false },
    background: createBackground(silentLog, new AbortController().signal),
    log: silentLog,
    guild: () => undefined,
    opened: (room) => opened.push(room),
  });
  return { hosted, opened };
}

describe('channels with a scene', () => {
  test('are its own and those of its rooms, from the start of each to the end of it', () => {
    const { hosted, opened } = open();
    expect(hosted.has('1')).toBe(false);
    expect(hosted.note(scene())).toBe(true);
    expect(hosted.has('1')).toBe(true);
    expect(hosted.has('2')).toBe(false);
    expect(hosted.note(scene(cellar))).toBe(false);
    expect(opened).toEqual(['2']);
    expect(hosted.of('2')?.log).toBe('discord:1#1');
    expect([...hosted.channels()]).toEqual(['1', '2']);
    hosted.note(scene({ ...cellar, status: 'ended' }));
    expect([hosted.has('1'), hosted.has('2')]).toEqual([false, false]);
    expect(hosted.of('2')).toBeUndefined();
  });

  test('are those of the next scene when the end of the last one is told late', () => {
    const { hosted } = open();
    hosted.note(scene());
    hosted.note(scene({ log: 'discord:1#2' }));
    hosted.note(scene({ status: 'ended' }));
    expect(hosted.of('1')?.log).toBe('discord:1#2');
  });

  test('are those in storage after a start, but for what is over or elsewhere', async () => {
    const { hosted, opened } = open([
      scene(cellar),
      scene({ id: 'discord:3', log: 'discord:3#1', status: 'ended' }),
      scene({ id: 'web:4', log: 'web:4#1', stage: 'web' }),
    ]);
    await hosted.load();
    expect([...hosted.channels()]).toEqual(['1', '2']);
    // They were rooms before; nothing begins there now.
    expect(opened).toEqual([]);
  });

  test('lose a room whose thread is gone, and all where the channel is', async () => {
    const { hosted } = open();
    hosted.note(scene(cellar));
    await hosted.gone('2');
    expect([hosted.has('1'), hosted.has('2')]).toEqual([true, false]);
    hosted.note(scene({ id: 'discord:5', log: 'discord:5#1', parent: '1' }));
    await hosted.gone('1');
    expect([hosted.has('1'), hosted.has('5')]).toEqual([false, false]);
  });
});

describe('channels that ever had a scene', () => {
  test('stay known when it is over', () => {
    const { hosted } = open();
    expect(hosted.everHad('1')).toBe(false);
    hosted.note(scene(cellar));
    hosted.note(scene({ ...cellar, status: 'ended' }));
    expect([hosted.everHad('1'), hosted.everHad('2')]).toEqual([true, true]);
  });

  test('are known after a start, also by a scene whose place another one took', async () => {
    const { hosted } = open([
      scene({ id: 'discord:3#1', log: 'discord:3#1', status: 'ended', ...cellar }),
      scene({ id: 'web:4', log: 'web:4#1', stage: 'web' }),
    ]);
    await hosted.load();
    expect(['1', '2', '3', '4'].map(hosted.everHad)).toEqual([false, true, true, false]);
  });
});
