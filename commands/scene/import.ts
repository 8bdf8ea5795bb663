import { CastFileError } from '../../src/cast/cast-file-error.ts';
import { castOfChat } from '../../src/cast/chats/cast-of-chat.ts';
import { type Chat, readChat } from '../../src/cast/chats/read-chat.ts';
import type { CommandAction, Upload } from '../../src/engine/command/command.ts';
import { checkServer } from '../../src/engine/command/open-here.ts';
import { textOf, uploadOf } from '../../src/engine/command/read-values.ts';
import { PlayerError } from '../../src/errors.ts';
import { isMarkedDiscord } from '../../src/scene/origin.ts';
import { asTyped, joined, say } from '../../src/words/text.ts';

const MOST_CAST = 10;

/** A chat of another program goes on here as a scene. */
export const importing: CommandAction = {
  description: 'Go on here with a SillyTavern chat (.jsonl); who speaks in it needs a card here',
  options: [
    { name: 'file', description: 'The chat, as SillyTavern saves it', type: 'upload', required: true },
    { name: 'title', description: 'What the scene is called', type: 'text', max: 100 },
  ],
  allowed: 'moderator',
  async run(context, values) {
    const { engine, library, place, who, reply } = context;
    await checkServer(context);
    await library.refresh();
    const file = uploadOf(values, 'file');
    const chat = chatIn(file);
    const { cast, others } = castOfChat(chat, library.characters());
    if (cast.length === 0) {
      throw new PlayerError(
        say(
          'Nobody who speaks in it has a card here: bring one first (/character import). There speak: {{names}}.',
          {
            names: others.slice(0, 10).join(', ') || '–',
          },
        ),
      );
    }
    const record = await engine.start({
      id: place.scene,
      stage: place.stage,
      ...(place.server === undefined ? {} : { server: place.server }),
      ...(place.parent === undefined ? {} : { parent: place.parent }),
      ...(place.category === undefined ? {} : { category: place.category }),
      owner: { ...who, ...(chat.user ? { name: chat.user } : {}) },
      title:
        textOf(values, 'title') ??
        titleFor(
          file,
          cast.map(({ name }) => name),
        ),
      cast: cast.slice(0, MOST_CAST).map(({ id }) => id),
      preset: place.quiet ? 'conversation' : 'called-only',
      origin: place.stage === 'discord' || isMarked(file) ? 'discord' : 'local',
      story: chat,
    });
    const { lines, warnings } = chat;
    await reply([
      joined([
        say('“{{title}}” goes on here.', { title: record.title }),
        say('{{count}} lines were taken over; the cast remembers them.', { count: lines.length }),
      ]),
      ...(others.length > 0
        ? [
            say('Without a card here, they stand in it as walk-ons: {{names}}.', {
              names: others.slice(0, 10).join(', '),
            }),
          ]
        : []),
      ...warnings.slice(0, 10).map(asTyped),
    ]);
  },
};

function chatIn({ name, bytes }: Upload): Chat {
  try {
    return readChat(bytes, name);
  } catch (error) {
    if (error instanceof CastFileError) throw new PlayerError(asTyped(error.message));
    throw error;
  }
}

function titleFor({ name }: Upload, cast: readonly string[]): string {
  return cast.join(' & ') || name.replace(/\.jsonl$/i, '');
}

/** A chat that left through Discord once is Discord's for good. */
function isMarked({ bytes }: Upload): boolean {
  return isMarkedDiscord(new TextDecoder().decode(bytes));
}
