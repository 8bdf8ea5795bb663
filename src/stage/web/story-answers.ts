import { PlayerError } from '../../errors.ts';
import { clip } from '../../format/player-line.ts';
import type { StageBeat } from '../../scene/stage-beat.ts';
import { pathTo, type StoryMoment } from '../../scene/story-tree.ts';
import type { ClientMessageOf } from './protocol.ts';
import type { Seat } from './seat.ts';
import type { ServerMessageOf } from './server-message.ts';
import type { WireMoment } from './story-shapes.ts';
import { wireBeat } from './wire-scene.ts';

/** What is asked about all that happened; all of it needs the scope `admin`. */
export type StoryMessage = ClientMessageOf<'story' | 'story-look' | 'branch'>;

/** Moments of one tree, and beats of one look; there are more in the log. */
const MOST_MOMENTS = 2000;
const MOST_BEATS = 100;
/** Characters of a moment's words. */
const LONGEST_WORDS = 120;

/** Tells of the story as a tree, and begins another one in it. @throws PlayerError where there is no such moment */
export async function answerStory(
  message: StoryMessage,
  { house, scene, player }: Seat,
): Promise<ServerMessageOf<'story' | 'story-look' | 'branched'>> {
  const { engine, door } = house;
  switch (message.type) {
    case 'story': {
      const tree = await engine.past.story(scene);
      const moments = tree.moments.slice(-MOST_MOMENTS);
      const first = moments[0]?.beat.n ?? 0;
      return {
        type: 'story',
        moments: moments.map((one) => wireMoment(one, first)),
        saves: (await engine.game.saves(scene)).flatMap(({ name, n }) => {
          const beat = tree.tipAt(n);
          return beat === undefined || beat < first ? [] : [{ name, beat }];
        }),
      };
    }
    case 'story-look': {
      const path = pathTo(await engine.past.story(scene), message.beat);
      if (path.length === 0) throw new PlayerError('That is not part of the story.');
      return { type: 'story-look', beats: path.slice(-MOST_BEATS).map((beat) => wireBeat(beat)) };
    }
    case 'branch': {
      const { id } = await engine.past.branch(scene, message.beat, { id: door.newPlace(), owner: player });
      house.announce({ type: 'playing', playing: await door.playing() });
      return { type: 'branched', scene: id };
    }
  }
}

/** @param first the first moment that is sent along */
function wireMoment({ beat, parent, now, versions }: StoryMoment, first: number): WireMoment {
  return {
    n: beat.n,
    at: beat.at,
    kind: beat.kind,
    ...(beat.speaker ? { speaker: { id: beat.speaker.id, name: beat.speaker.name } } : {}),
    words: wordsOf(beat),
    ...(parent === undefined || parent < first ? {} : { parent }),
    now,
    ...(versions.length === 0
      ? {}
      : {
          versions: versions.map((one) => ({
            n: one.beat.n,
            words: wordsOf(one.beat),
            stands: one.stands,
          })),
        }),
  };
}

function wordsOf({ segments }: StageBeat): string {
  return clip(segments.map(({ text }) => text).join(' '), LONGEST_WORDS);
}
