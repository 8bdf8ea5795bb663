import { describe, expect, test } from 'vitest';
import type { SceneRecord } from '../../../../src/engine/scene-record.ts';
import type { NewBeat } from '../../../../src/scene/beat.ts';
import { createDocuments } from '../../../../src/stage/discord/documents.ts';
import { rewindMarker } from '../../../../src/stage/discord/lines/rewind-marker.ts';
import { openStore } from '../../../../src/store/open-store.ts';

const scene: SceneRecord = {
  id: 'discord:20',
  log: 'discord:20#1',
  title: 'The last boat',
  stage: 'discord',
  server: '10',
  owner: '2',
  preset: 'conversation',
  status: 'playing',
  seed: 1,
  createdAt: 0,
  restedAt: 0,
  pace: 'none',
  origin: 'discord',
  rooms: [{ id: 'discord:21', name: 'Cellar' }],
  branches: [],
};
const common = { at: 0, origin: 'discord', witnesses: [] } as const;
const tom = { id: 'character:tom', name: 'Tom [the] *Rope*' };
const alice = { id: 'player:2', name: 'Alice' };

function line(speaker: typeof tom, more: object = {}): NewBeat {
  const segments = [{ kind: 'speech', text: 'Late.' } as const];
  return { ...common, witnesses: [], kind: 'line', speaker, turn: 't', segments, ...more };
}

async function markerOf(beats: readonly NewBeat[], to: number, shown: Record<number, string> = {}) {
  const store = await openStore('memory:');
  const documents = createDocuments(store);
  for (const [i, beat] of beats.entries()) await store.append(scene.log, { ...beat, n: i + 1 });
  for (const [n, message] of Object.entries(shown)) {
    await documents.putDelivery(scene.log, Number(n), { messages: [message, '999'] });
  }
  return rewindMarker(scene, to, { store, documents });
}

describe('rewindMarker', () => {
  test('names whose line it is, as text, with the way to its first message', async () => {
    const marker = await markerOf([line(tom), line(alice, { source: '78' })], 1, { 1: '77' });
    expect(marker).toBe(
      '↩ The scene goes back to [what Tom the \\*Rope\\* said](https://discord.com/channels/10/20/77).',
    );
  });

  test('leads to what a player wrote, and into a room', async () => {
    const said = line(alice, { source: '78', place: 'discord:21' });
    expect(await markerOf([line(tom), said], 2)).toContain(
      '[what Alice said](https://discord.com/channels/10/21/78)',
    );
  });

  test('does without the way where it is not known', async () => {
    expect(await markerOf([line(tom)], 1)).toBe('↩ The scene goes back to what Tom the \\*Rope\\* said.');
    const told: NewBeat = { ...common, witnesses: [], kind: 'narration', speaker: tom, text: 'Rain.' };
    expect(await markerOf([told], 1)).toBe('↩ The scene goes back to what the Narrator told.');
  });

  test('tells nobody that somebody whispered', async () => {
    const whisper: NewBeat = {
      ...common,
      witnesses: [],
      kind: 'whisper',
      speaker: alice,
      to: [tom],
      turn: 'w',
      segments: [{ kind: 'speech', text: 'CANARY' }],
    };
    const marker = await markerOf([line(tom), whisper], 2);
    expect(marker).toContain('what Tom');
    expect(marker).not.toMatch(/Alice|CANARY/);
    expect(await markerOf([whisper], 1)).toBe('↩ The scene goes back to its beginning.');
  });

  test('says what is said there now, where a rewind was before', async () => {
    const back: NewBeat = { ...common, witnesses: [], kind: 'rewind', to: 1 };
    expect(await markerOf([line(tom), line(alice), back], 3)).toContain('what Tom');
  });
});
