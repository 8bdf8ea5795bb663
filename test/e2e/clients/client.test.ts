import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connect,
  type Message,
  performanceOf,
  type Stage,
  StageError,
} from '../../../clients/js/src/index.ts';
import { createApplicationShelf } from '../../../src/stage/web/applications/application-shelf.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { SceneStore } from '../../../src/store/scene-store.ts';
import { smallLibrary } from '../../support/small-library.ts';
import { SOON } from '../../support/soon.ts';
import { openWebHouse, type WebHouse } from '../../unit/stage/web/web-house.ts';
import { add } from '../applications/dialling.ts';

let store: SceneStore;
let house: WebHouse;
let token: string;
beforeAll(async () => {
  store = await openStore('memory:');
  house = await openWebHouse(smallLibrary(), { store });
  token = await add(createApplicationShelf(store), 'A game', ['play', 'direct', 'peek']);
});
afterAll(() => house.close());

/** Joined, with a scene of its own. */
async function opened(thoughts = false): Promise<{ stage: Stage; scene: string; beats: Message<'beat'>[] }> {
  const stage = await connect({ url: house.url, token });
  const beats: Message<'beat'>[] = [];
  stage.on('beat', (beat) => beats.push(beat));
  const { scene } = await stage.open({
    start: { cast: ['wenna', 'tom'], setting: 'A quay.' },
    as: { id: 'p1', name: 'Ada' },
    thoughts,
  });
  return { stage, scene: scene.id, beats };
}

const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'resolved',
    (error: unknown) => (error instanceof StageError ? error.code : String(error)),
  );

const EVENTS = [
  'hello',
  'opened',
  'beat',
  'update',
  'partial',
  'typing',
  'scene',
  'thoughts',
  'whisper',
  'playing',
] as const;

describe('the client', () => {
  test('plays and directs: every call resolves with its answer', async () => {
    const { stage, beats } = await opened(true);
    expect(stage.hello.scopes).toEqual(['play', 'direct', 'peek']);
    const thought = new Promise<Message<'thoughts'>>((resolve) => stage.on('thoughts', resolve));
    expect(await stage.pace(60_000)).toMatchObject({ type: 'done' });
    await stage.cues([
      { name: 'shrug', means: 'shrugs' },
      { name: 'look', means: 'looks' },
    ]);
    const { beat } = await stage.say('Is there a boat tonight?');
    await expect.poll(() => beats.map((one) => one.beat.n), SOON).toContain(beat);
    await stage.next('tom');
    const { beat: n, thoughts } = await thought;
    expect(thoughts.length).toBeGreaterThan(0);
    expect(await stage.peek(n)).toMatchObject({ type: 'thoughts', beat: n, thoughts });
    expect(await stage.act('sits down')).toMatchObject({ type: 'heard' });
    expect(await stage.whisper(['tom'], 'Row me over.')).toMatchObject({ type: 'heard' });
    await stage.interrupt();
    await stage.stop();
    const { save } = await stage.save('At the quay');
    expect((await stage.saves()).saves).toEqual([save]);
    expect(await stage.move('wenna', 'The shed')).toMatchObject({ who: 'wenna', place: expect.any(String) });
    expect(await stage.cast('ines')).toMatchObject({ type: 'done' });
    const loaded = await stage.load(save.id);
    expect(loaded.scene.cast.map(({ id }) => id)).not.toContain('ines');
    expect((await stage.history(n)).beats.every((one) => one.n < n)).toBe(true);
    stage.close();
  });

  test('an event is in the minds of its witnesses alone', async () => {
    const { stage, scene, beats } = await opened();
    const { beat } = await stage.perceive('A rope slips off behind Wenna.', ['tom']);
    const mindOf = async (card: string) => (await house.engine.backstage.mind(scene, card)).map(({ n }) => n);
    expect(await mindOf('tom')).toContain(beat);
    expect(await mindOf('wenna')).not.toContain(beat);
    expect(beats.map((one) => one.beat.n)).not.toContain(beat);
    stage.close();
  });

  test('a player who goes to a room speaks there, and is the same person', async () => {
    const { stage, beats } = await opened();
    const { place } = await stage.move('player', 'The shed');
    expect(place).toEqual(expect.any(String));
    expect(await stage.open({ scene: place ?? '' })).toMatchObject({ place, scene: { you: 'Ada' } });
    const { beat } = await stage.say('Is anybody in here?');
    const found = () => beats.find((one) => one.beat.n === beat)?.beat;
    await expect
      .poll(found, SOON)
      .toMatchObject({ place, speaker: { name: 'Ada', id: expect.stringMatching(/:p1$/) } });
    stage.close();
  });

  test('is sent nothing hidden without the scope for it, whatever it asks', async () => {
    const blind = await connect({
      url: house.url,
      token: await add(createApplicationShelf(store), 'Blind', ['play', 'direct']),
    });
    const told: string[] = [];
    for (const type of EVENTS) blind.on(type, (message) => told.push(JSON.stringify(message)));
    await blind.open({ start: { cast: ['wenna', 'tom'], setting: 'A quay.' }, as: { name: 'Ada' } });
    const spoken = new Promise<void>((resolve) =>
      blind.on('beat', ({ beat }) => {
        if (beat.kind === 'line' && beat.speaker?.name === 'Tom Reddick') resolve();
      }),
    );
    await blind.next('tom');
    await spoken;
    expect(await codeOf(blind.peek(1))).toBe('forbidden');
    expect(await codeOf(blind.open({ thoughts: true }))).toBe('forbidden');
    expect(await codeOf(blind.ask({ type: 'mind', character: 'tom' }))).toBe('forbidden');
    expect(told.join()).toContain('PUBLIC-tom');
    expect(told.join()).not.toMatch(/PRIVATE-CARD|MOTIVE-|-THOUGHT-|Read from a script|They call me/u);
    blind.close();
  });

  test('rejects with the code of what was wrong', async () => {
    const watcher = await connect({
      url: house.url,
      token: await add(createApplicationShelf(store), 'Watcher', []),
    });
    expect(await codeOf(watcher.next())).toBe('forbidden');
    expect(await codeOf(watcher.open({ scene: 'web:nowhere' }))).toBe('player');
    expect(await codeOf(watcher.history(3))).toBe('no-scene');
    expect(await codeOf(watcher.ask({ type: 'dance' }))).toBe('unknown-type');
    watcher.close();
    expect(await codeOf(watcher.next())).toBe('closed');
    expect(await codeOf(connect({ url: house.url, token: 'x'.repeat(43) }))).toBe('unreachable');
  });

  test('is closed by its signal, also while it dials', async () => {
    const leaving = new AbortController();
    const stage = await connect({ url: house.url, token, signal: leaving.signal });
    const closed = new Promise((resolve) => stage.on('closed', () => resolve('closed')));
    leaving.abort();
    expect(await closed).toBe('closed');
    const reason = new Error('changed my mind');
    await expect(connect({ url: house.url, token, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const dialling = new AbortController();
    const joining = connect({ url: house.url, token, signal: dialling.signal });
    dialling.abort(reason);
    await expect(joining).rejects.toBe(reason);
  });
});

test('a line as a performance: animation, subtitles, thought', () => {
  const speaker = { id: 'character:tom', name: 'Tom' };
  const segments = [
    { kind: 'action', text: 'looks up' },
    { kind: 'speech', text: 'Never.' },
    { kind: 'action', text: 'shrugs', cue: 'shrug' },
    { kind: 'speech', text: 'Not tonight.' },
  ] as const;
  expect(performanceOf({ speaker, segments }, [{ kind: 'thought', text: 'Not for her' }])).toEqual({
    speaker,
    animation: 'shrug',
    subtitles: ['Never.', 'Not tonight.'],
    thought: 'Not for her',
    steps: [
      { animation: 'looks up' },
      { subtitle: 'Never.' },
      { animation: 'shrug' },
      { subtitle: 'Not tonight.' },
    ],
  });
  expect(performanceOf({ segments: [] })).toEqual({ subtitles: [], steps: [] });
});
