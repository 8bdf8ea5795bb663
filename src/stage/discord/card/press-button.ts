import { type ButtonInteraction, ButtonStyle, ComponentType } from 'discord.js';
import type { CommandAction } from '../../../engine/command/command.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { joined, type Message, say } from '../../../words/text.ts';
import type { Documents } from '../documents.ts';
import { EPHEMERAL } from '../interactions/answering.ts';
import { carriedBy } from '../interactions/carried-ids.ts';
import type { CommandRunner } from '../interactions/command-runner.ts';
import { hearWhispers } from '../interactions/hear-whispers.ts';
import type { HeardWhispers } from '../interactions/heard-whispers.ts';
import { placeOf } from '../interactions/interaction-facts.ts';
import { pressMoreMenu } from '../interactions/more-menu.ts';
import { pressRewind } from '../interactions/rewind-line.ts';
import { pressRow } from '../interactions/row-press.ts';
import { BUTTONS } from './buttons.ts';
import type { Notices } from './notices.ts';
import { button } from './scene-card.ts';

export type PressOptions = {
  readonly engine: Engine;
  readonly documents: Documents;
  readonly runner: CommandRunner;
  /** What must be done to be heard, where writing is not enough; else nothing. */
  readonly howToBeHeard: () => Message | undefined;
  readonly notices: Pick<Notices, 'momentsPassed' | 'claim'>;
  readonly whispers: HeardWhispers;
};

// From here on it is no accident.
const TOO_OFTEN = 3;

const EARLIER_CARD: Message = say(
  'This is the card of an earlier scene. The one that plays has its own, further down.',
);

/** Buttons that mean one scene, and what is said where another one has begun there since. */
const OF_EARLIER_SCENE: ReadonlyMap<string, Message> = new Map([
  ...[BUTTONS.join, BUTTONS.pause, BUTTONS.goOn, BUTTONS.cast, BUTTONS.end].map(
    (id) => [id, EARLIER_CARD] as const,
  ),
  [BUTTONS.endForGood, say('You were asked about an earlier scene. /scene end ends the one that plays now.')],
]);

/** Does what a button says; most are short for a command. */
export async function pressButton(asked: ButtonInteraction<'cached'>, options: PressOptions): Promise<void> {
  const { engine, howToBeHeard } = options;
  const { run, actionOf } = options.runner;
  const old = OF_EARLIER_SCENE.get(asked.customId);
  if (old !== undefined && (await isOfEarlierScene(asked, options))) {
    await asked.reply({ ...EPHEMERAL, content: render(old, localeFor(asked.locale)) });
    return;
  }
  switch (asked.customId) {
    case BUTTONS.join:
      await run(asked, 'join', joining(engine, howToBeHeard()));
      return;
    case BUTTONS.pause:
      await run(asked, 'scene pause', actionOf('scene', 'pause'));
      return;
    case BUTTONS.goOn:
      await run(asked, 'scene continue', actionOf('scene', 'continue'));
      return;
    case BUTTONS.cast:
      await run(asked, 'cast', actionOf('cast', null));
      return;
    case BUTTONS.end:
      await options.runner.check(asked, actionOf('scene', 'end'));
      await askWhetherToEnd(asked);
      return;
    case BUTTONS.endForGood:
      await run(asked, 'scene end', actionOf('scene', 'end'));
      return;
    case BUTTONS.retry:
      await retry(asked, options);
      return;
    default:
      if (await pressElsewhere(asked, options)) return;
      await asked.reply({
        ...EPHEMERAL,
        content: render('This button no longer does anything.', localeFor(asked.locale)),
      });
  }
}

/** Buttons under lines, in menus and questions, and of whispers; whether it was one. */
async function pressElsewhere(asked: ButtonInteraction<'cached'>, options: PressOptions): Promise<boolean> {
  const hearer = carriedBy(BUTTONS.hearWhisper, asked.customId);
  if (hearer !== undefined) {
    await hearWhispers(asked, hearer, options);
    return true;
  }
  return (
    (await pressRow(asked, options)) ||
    (await pressMoreMenu(asked, options.runner)) ||
    (await pressRewind(asked, options.runner))
  );
}

function joining(engine: Engine, howToBeHeard: Message | undefined): CommandAction {
  return {
    description: 'Join',
    options: [],
    allowed: 'anyone',
    async run({ place, who, reply }) {
      await engine.join(place.scene, who);
      await reply(
        joined([
          say('You are in the scene as {{name}}.', { name: who.name }),
          howToBeHeard ?? say('The cast hears what you write here; /scene leave ends that.'),
        ]),
      );
    },
  };
}

/** Whoever saw the notice afterwards would press it again, so it goes. */
async function retry(asked: ButtonInteraction<'cached'>, options: PressOptions): Promise<void> {
  const giveBack = options.notices.claim(asked.channelId, asked.message.id);
  if (await options.runner.run(asked, 'retry', retrying(options, asked.channelId))) {
    await asked.message.delete();
  } else {
    giveBack();
  }
}

function retrying({ engine, notices }: PressOptions, channel: string): CommandAction {
  return {
    description: 'Retry',
    options: [],
    allowed: 'player',
    async run({ place, reply }) {
      const times = notices.momentsPassed(channel);
      await engine.retry(place.scene);
      if (times < TOO_OFTEN) return;
      await reply(
        say(
          'Trying once more, after {{count}} turns that failed. Why they do stands in the log of this bot: its operator can help.',
          { count: times },
        ),
      );
    },
  };
}

async function askWhetherToEnd(asked: ButtonInteraction<'cached'>): Promise<void> {
  const locale = localeFor(asked.locale);
  const sure = button(BUTTONS.endForGood, render('End it', locale), ButtonStyle.Danger);
  await asked.reply({
    ...EPHEMERAL,
    content: render('End this scene for good? Pause holds it, and nothing is lost.', locale),
    components: [{ type: ComponentType.ActionRow, components: [sure] }],
  });
}

/** A place hosts one scene after another, and an old card or question may have kept its buttons. */
async function isOfEarlierScene(
  asked: ButtonInteraction<'cached'>,
  { engine, documents }: PressOptions,
): Promise<boolean> {
  const info = await engine.info(placeOf(asked).scene);
  const card = info && (await documents.card(info.record.log));
  return card !== undefined && BigInt(asked.message.id) < BigInt(card.message);
}
