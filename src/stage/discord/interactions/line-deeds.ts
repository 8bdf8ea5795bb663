import { askerOf } from '../../../engine/command/asker.ts';
import type { CommandAction, CommandContext, CommandValues } from '../../../engine/command/command.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import type { SceneId } from '../../../engine/scene-record.ts';
import { PlayerError } from '../../../errors.ts';
import { escapeDiscord } from '../../../format/render-discord.ts';
import type { Log } from '../../../log.ts';
import { isPlayerId } from '../../../scene/beat.ts';
import type { StageBeat } from '../../../scene/stage-beat.ts';
import type { SceneStore } from '../../../store/scene-store.ts';
import { asTyped, say } from '../../../words/text.ts';
import type { CommandRunner } from './command-runner.ts';

export type LineOptions = {
  readonly engine: Engine;
  readonly runner: CommandRunner;
  readonly store: SceneStore;
  readonly owners: readonly string[];
  readonly now: () => number;
  readonly log: Log;
};

/**
 * The beat that a message of a channel stands for, as everyone sees it.
 * @throws PlayerError where it is none of the scene that plays there
 */
export async function lineAt(engine: Engine, scene: SceneId, message: string): Promise<StageBeat> {
  const n = await engine.past.beatOf(scene, message);
  const beat = n === undefined ? undefined : (await engine.replay(scene, n)).find((one) => one.n === n);
  if (beat) return beat;
  throw new PlayerError(
    'That is no line of the scene that plays here, or it is not part of its story any more.',
  );
}

/** A command that names a beat, on the line in this message. */
export function onLine(
  runner: CommandRunner,
  message: string,
  command: string,
  valuesFor: (n: string) => CommandValues,
): CommandAction {
  const action = runner.actionOf(command, null);
  return {
    ...action,
    async run(context) {
      const { n } = await lineAt(context.engine, context.place.scene, message);
      await action.run(context, valuesFor(String(n)));
    },
  };
}

/** What its speaker thought, for whom the scene lets read it; each thought is uncovered by a click. */
export function peeking(message: string): CommandAction {
  return {
    description: 'Peek',
    options: [],
    allowed: 'anyone',
    async run({ engine, place, who, reply }) {
      const { n, speaker } = await lineAt(engine, place.scene, message);
      if (speaker && isPlayerId(speaker.id)) {
        throw new PlayerError(
          say('{{speaker}} is a player: what they think is theirs alone.', { speaker: speaker.name }),
        );
      }
      const thoughts = await engine.peek(place.scene, n, askerOf(who));
      const words = thoughts.map(({ text }) => asTyped(`||${escapeDiscord(text)}||`));
      await reply(words.length > 0 ? words : 'Nothing was thought behind that line.');
    },
  };
}

/** How a line came about; what a player wrote came from a player. */
export function explaining(runner: CommandRunner, message: string): CommandAction {
  const why = onLine(runner, message, 'why', (beat) => ({ beat }));
  return {
    ...why,
    allowed: 'anyone',
    async run(context, values) {
      const { speaker } = await lineAt(context.engine, context.place.scene, message);
      if (!speaker || !isPlayerId(speaker.id)) return why.run(context, values);
      await context.reply(
        say('{{speaker}} is a player and wrote that, or let it be written.', { speaker: speaker.name }),
      );
    },
  };
}

/** Asks whether to go back to this line: says what that would leave behind. */
export function askingToRewind(runner: CommandRunner, message: string): CommandAction {
  return {
    ...runner.actionOf('rewind', null),
    async run({ engine, place, reply }: CommandContext) {
      const { n } = await lineAt(engine, place.scene, message);
      const behind = (await engine.replay(place.scene, n + 1)).length;
      if (behind === 0) throw new PlayerError('Nothing has happened since that line.');
      await reply(
        say('Go back to this line (#{{n}})? {{count}} beats are left behind, and nobody remembers them.', {
          n,
          count: behind,
        }),
      );
    },
  };
}
