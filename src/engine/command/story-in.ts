import { CastFileError } from '../../cast/cast-file-error.ts';
import type { Character } from '../../cast/character.ts';
import { castOfChat } from '../../cast/chats/cast-of-chat.ts';
import { type Chat, readChat } from '../../cast/chats/read-chat.ts';
import { PlayerError } from '../../errors.ts';
import { isMarkedDiscord } from '../../scene/origin.ts';
import { asTyped, joined, say, type Text } from '../../words/text.ts';
import type { StartScene } from '../engine-api.ts';
import type { SceneRecord } from '../scene-record.ts';
import type { Upload } from './command.ts';

const MOST_CAST = 10;
const MOST_NAMED = 10;

/** A chat of another program, and the scene that it goes on in. */
export type StoryIn = {
  readonly request: Pick<StartScene, 'cast' | 'title' | 'story' | 'origin'>;
  /** What its player was called there; '' where that is not known. */
  readonly user: string;
  /** What whoever brought it is told. */
  told(record: Pick<SceneRecord, 'title'>): readonly Text[];
};

/**
 * Reads a chat for a scene that goes on with it: who speaks in it and has a card among these plays.
 * A chat that left through Discord once is Discord's for good.
 * @throws PlayerError where it is no chat, or nobody who speaks in it has a card
 */
export function storyIn({ name, bytes }: Upload, among: readonly Character[]): StoryIn {
  const story = chatIn(name, bytes);
  const { cast, others } = castOfChat(story, among);
  const walkOns = others.slice(0, MOST_NAMED).join(', ');
  if (cast.length === 0) {
    throw new PlayerError(
      say(
        'Nobody who speaks in it has a card here: bring one first (/character import). There speak: {{names}}.',
        {
          names: walkOns || '–',
        },
      ),
    );
  }
  const isMarked = isMarkedDiscord(new TextDecoder().decode(bytes));
  return {
    request: {
      cast: cast.slice(0, MOST_CAST).map(({ id }) => id),
      title: cast.map((one) => one.name).join(' & '),
      story,
      ...(isMarked ? { origin: 'discord' } : {}),
    },
    user: story.user,
    told: ({ title }) => [
      joined([
        say('“{{title}}” goes on here.', { title }),
        say('{{count}} lines were taken over; the cast remembers them.', { count: story.lines.length }),
      ]),
      ...(walkOns
        ? [say('Without a card here, they stand in it as walk-ons: {{names}}.', { names: walkOns })]
        : []),
      ...story.warnings.slice(0, MOST_NAMED).map(asTyped),
    ],
  };
}

function chatIn(name: string, bytes: Uint8Array): Chat {
  try {
    return readChat(bytes, name);
  } catch (error) {
    if (error instanceof CastFileError) throw new PlayerError(asTyped(error.message));
    throw error;
  }
}
