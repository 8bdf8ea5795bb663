import type { SceneScript } from '../../cast/scene-script.ts';
import { PlayerError } from '../../errors.ts';
import { joined, say } from '../../words/text.ts';
import type { StartScene } from '../engine-api.ts';
import type { CommandContext, Place } from './command.ts';
import { presentIn } from './scene-here.ts';

/** What someone asks for; all of it may be left out. */
export type WantedScene = Pick<StartScene, 'cast' | 'setting' | 'preset' | 'pace'> & {
  readonly script?: SceneScript;
  readonly thread: boolean;
};

/**
 * Opens a scene where the command was typed, or in a thread of its own, and says so.
 * @throws PlayerError where the bot may not play, no scenes are to be played, one is playing, or there are no threads.
 */
export async function openHere(
  context: CommandContext,
  { script, thread, ...wanted }: WantedScene,
): Promise<void> {
  const { engine, who } = context;
  await checkServer(context);
  const title = script?.title ?? titleOf(wanted.setting);
  // Before a thread is opened for them.
  for (const id of thread ? (wanted.cast ?? script?.cast ?? []) : []) {
    const character = context.library.character(id);
    const refusal = character && (await engine.guard.refusalOf(context.place, character));
    if (refusal) throw new PlayerError(refusal);
  }
  const place = thread ? await threadFor(context, title) : context.place;
  const record = await engine.start({
    ...wanted,
    id: place.scene,
    stage: place.stage,
    ...(place.server === undefined ? {} : { server: place.server }),
    ...(place.parent === undefined ? {} : { parent: place.parent }),
    ...(place.category === undefined ? {} : { category: place.category }),
    ...(script ? { script: script.id } : {}),
    owner: who,
    title,
    preset: wanted.preset ?? (thread || place.quiet ? 'conversation' : 'called-only'),
    origin: place.stage === 'discord' ? 'discord' : 'local',
  });
  const present = presentIn(await engine.info(record.id)).map(({ name }) => name);
  const { title: named, preset } = record;
  await context.reply(
    joined([
      thread
        ? say('“{{title}}” is open in its own thread.', { title: named })
        : say('“{{title}}” is open.', { title: named }),
      present.length > 0
        ? say('On stage: {{cast}}.', { cast: present.join(', ') })
        : say('Nobody is on stage yet: /summon someone.'),
      preset === 'called-only'
        ? say('They answer when you call them by name.')
        : preset === 'game-master'
          ? say('They speak when you use /next.')
          : say('Say something, or let them go on with /next.'),
    ]),
  );
}

/**
 * Discord: only where the operator lets the bot play, and the server's moderators want scenes.
 * @throws PlayerError that says who can change it, and how.
 */
export async function checkServer({ engine, place }: CommandContext): Promise<void> {
  if (place.stage !== 'discord') return;
  const { server } = place;
  if (server === undefined)
    throw new PlayerError('Scenes are played in a server: use /scene start in a channel.');
  const closed = await engine.access.closed(place);
  if (closed !== undefined) throw new PlayerError(closed);
  if (await engine.servers.halted(server)) {
    throw new PlayerError(
      "Scenes were halted in this server. The bot's operator lifts that with /dramatis approve.",
    );
  }
  if (await engine.servers.allowed(server, place.serverOwner)) return;
  throw new PlayerError(
    say(
      'The bot may not play in this server yet. Its operator allows it: /dramatis approve here, or SERVERS={{server}} in its settings.',
      { server },
    ),
  );
}

async function threadFor(context: CommandContext, title: string): Promise<Place> {
  if (context.openThread) return context.openThread(title);
  throw new PlayerError('There are no threads here. Leave out thread, and the scene opens in this place.');
}

/** What a scene of one's own is called: the beginning of its setting. */
export function titleOf(setting: string | undefined): string {
  const words = setting?.split(/[.!?\n]/u)[0]?.trim() ?? '';
  if (words === '') return 'A scene';
  return words.length > 60 ? `${words.slice(0, 59).trimEnd()}…` : words;
}
