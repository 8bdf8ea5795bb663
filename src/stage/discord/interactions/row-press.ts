import type { ButtonInteraction } from 'discord.js';
import { askerOf } from '../../../engine/command/asker.ts';
import type { CommandAction } from '../../../engine/command/command.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import type { Past } from '../../../engine/past/past-api.ts';
import { PlayerError } from '../../../errors.ts';
import { BUTTONS } from '../card/buttons.ts';
import { quietly } from './answering.ts';
import { carriedBy } from './carried-ids.ts';
import type { CommandRunner } from './command-runner.ts';
import { placeOf } from './interaction-facts.ts';
import { onLine } from './line-deeds.ts';
import { openMoreMenu } from './more-menu.ts';

type Step = Parameters<Past['swipe']>[1];

/**
 * What stands under the newest line of a character, and Undo under a coming that was told of. What
 * comes of it is seen by everyone; only a refusal is told to whoever pressed. Whether it was one of these.
 */
export async function pressRow(
  asked: ButtonInteraction<'cached'>,
  { engine, runner }: { readonly engine: Engine; readonly runner: CommandRunner },
): Promise<boolean> {
  const { customId, message } = asked;
  const run = async (label: string, action: CommandAction): Promise<boolean> => {
    await runner.run(asked, label, action, {}, quietly(asked));
    return true;
  };
  if (carriedBy(BUTTONS.undo, customId) !== undefined) {
    return run(
      'undo',
      onLine(runner, message.id, 'undo', (beat) => ({ beat })),
    );
  }
  switch (customId) {
    case BUTTONS.previous:
      return run('swipe', swiping('previous', message.id));
    case BUTTONS.following:
      return run('swipe', swiping('next', message.id));
    case BUTTONS.again:
      return run('swipe', swiping('again', message.id));
    case BUTTONS.next:
      return run('next', runner.actionOf('next', null));
    case BUTTONS.stop:
      await runner.check(asked, runner.actionOf('stop', null));
      return run('stop', stopping(engine.stop(placeOf(asked).scene)));
    case BUTTONS.more:
      await openMoreMenu(asked, runner);
      return true;
    default:
      return false;
  }
}

/** The engine knows whose line it is, and whether it is the newest. */
function swiping(step: Step, message: string): CommandAction {
  return {
    description: 'Swipe',
    options: [],
    allowed: 'anyone',
    async run({ engine, place, who }) {
      const n = await engine.past.beatOf(place.scene, message);
      if (n === undefined) throw new PlayerError('That line belongs to an earlier scene.');
      await engine.past.swipe(place.scene, step, askerOf(who), n);
    },
  };
}

/** Begun before anybody is told of it, so that nothing more is made meanwhile. */
function stopping(stopped: Promise<boolean>): CommandAction {
  // Told below, where it fails.
  stopped.catch(() => undefined);
  return {
    description: 'Stop',
    options: [],
    allowed: 'player',
    async run() {
      if (!(await stopped)) throw new PlayerError('Nothing was being made; there is nothing to stop.');
    },
  };
}
