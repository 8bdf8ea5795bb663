import { expect, onTestFinished, test } from 'vitest';
import { smallLibrary } from '../../../support/small-library.ts';
import { joinStage, type StageClient } from './stage-client.ts';
import { openWebHouse, type WebHouse } from './web-house.ts';

/** Wenna was asked twice; the second time was rewound. */
async function rewound(): Promise<{ web: WebHouse; client: StageClient; scene: string; left: number }> {
  const web = await openWebHouse(smallLibrary());
  onTestFinished(() => web.close());
  const client = await joinStage(web.url);
  client.send({ type: 'open', start: { setting: 'A landing.', cast: ['wenna'] } });
  const { id: scene } = (await client.seen('opened')).scene;
  await web.engine.idle(scene);
  await client.ask({ type: 'say', text: 'Wenna, when does the boat leave?' });
  await web.engine.idle(scene);
  await client.ask({ type: 'save', name: 'At the landing' });
  const to = (await web.engine.past.swipes(scene))?.n ?? 0;
  const heard = await client.ask({ type: 'say', text: 'Wenna, is it LEFT-BEHIND?' });
  await web.engine.idle(scene);
  await client.ask({ type: 'rewind', beat: to });
  await client.seen('opened', ({ reset, beats }) => reset && beats.at(-1)?.n === to);
  return { web, client, scene, left: heard.type === 'heard' ? heard.beat : 0 };
}

test('the story is told as a tree, with what was left behind, its saves, and no thought', async () => {
  const { web, client, scene, left } = await rewound();
  const story = await client.ask({ type: 'story' });
  if (story.type !== 'story') throw new Error(story.type);
  const tip = (await web.engine.past.swipes(scene))?.n;
  expect(story.moments.find(({ n }) => n === left)).toMatchObject({
    parent: tip,
    now: false,
    words: 'Wenna, is it LEFT-BEHIND?',
  });
  expect(story.moments.findLast(({ now }) => now)?.n).toBe(tip);
  expect(story.saves).toEqual([{ name: 'At the landing', beat: tip }]);
  const thoughts = await web.engine.backstage.thoughts(scene, tip ?? 0);
  expect(thoughts.length).toBeGreaterThan(0);
  for (const { text } of thoughts) expect(JSON.stringify(story)).not.toContain(text);
});

test('a place that was left behind is looked at, and another scene goes on from there', async () => {
  const { web, client, scene, left } = await rewound();
  const look = await client.ask({ type: 'story-look', beat: left });
  expect(look.type === 'story-look' && look.beats.at(-1)).toMatchObject({
    n: left,
    segments: [{ kind: 'speech', text: 'Wenna, is it LEFT-BEHIND?' }],
  });
  const branched = await client.ask({ type: 'branch', beat: left });
  if (branched.type !== 'branched') throw new Error(branched.type);
  const played = await web.engine.replay(branched.scene);
  expect(played.at(-1)?.n).toBe(left);
  expect((await web.engine.replay(scene)).some(({ n }) => n === left)).toBe(false);
  await client.seen('playing', ({ playing }) => playing.some(({ id }) => id === branched.scene));
  for (const type of ['story-look', 'branch'] as const) {
    expect(await client.ask({ type, beat: 999 })).toMatchObject({ type: 'error', code: 'player' });
  }
});
