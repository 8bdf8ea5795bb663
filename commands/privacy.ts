import type { Command, CommandContext } from '../src/engine/command/command.ts';
import { PlayerError } from '../src/errors.ts';
import { say, type Text } from '../src/words/text.ts';

/**
 * A person's own data, wherever it is: the same in every server, in the bot's direct messages, and for
 * who may not play.
 */
export const privacy: Command = {
  name: 'privacy',
  description: 'What is stored of you: see it, take it with you, delete it, opt out',
  actions: {
    what: {
      description: 'What is stored of you, and for how long',
      options: [],
      allowed: 'everyone',
      alone: true,
      async run(context) {
        await context.reply(await heldWords(context));
      },
    },
    export: {
      description: 'All that you wrote, as files',
      options: [],
      allowed: 'everyone',
      alone: true,
      async run({ engine, who, replyFiles }) {
        if (!replyFiles) {
          throw new PlayerError('No files can be handed over here: Discord and the local page can.');
        }
        await replyFiles('All that is stored of you.', await engine.privacy.export(who.id));
      },
    },
    delete: {
      description: 'Delete all that you wrote, in every scene; asks before it does',
      options: [{ name: 'confirm', description: 'Yes, delete it for good', type: 'flag' }],
      allowed: 'everyone',
      alone: true,
      async run(context, values) {
        if (values['confirm'] !== true) {
          await context.reply([
            await heldWords(context),
            'All of it would be deleted for good, with your names and with what others quoted of you. What you posted on Discord yourself stays there until you delete it.',
            'The same again with confirm: yes does it.',
          ]);
          return;
        }
        const { scenes, beats } = await context.engine.privacy.erase(context.who.id);
        await context.reply([
          say('Deleted: {{count}} entries of yours.', { count: beats }),
          say('Scenes that were gone through: {{count}}.', { count: scenes }),
          'What you write from now on is stored again. /privacy opt-out ends that, too.',
        ]);
      },
    },
    'opt-out': {
      description: 'From now on nothing that you write is heard or stored, anywhere',
      options: [],
      allowed: 'everyone',
      alone: true,
      async run({ engine, who, reply }) {
        await engine.privacy.optOut(who.id);
        await reply(
          'You have opted out, everywhere: nothing that you write is heard or stored. That you opted out is all that is noted. What was stored before stays until /privacy delete.',
        );
      },
    },
    'opt-in': {
      description: 'Be heard again; your choices are counted only if you say so',
      options: [
        { name: 'choices', description: 'Also count which versions of a line you choose', type: 'flag' },
      ],
      allowed: 'everyone',
      alone: true,
      async run({ engine, who, reply }, values) {
        const choices = values['choices'] === true;
        await engine.privacy.optIn(who.id, choices);
        await reply([
          'You are heard in scenes that you join.',
          choices
            ? 'Your choices are counted: swipes, edits, 👍 and 👎. On Discord only which version it was is kept, never a word of it; elsewhere the lines that they are about are kept with them. Scene cards say that you are counted.'
            : 'Your choices are not counted; what was counted before is deleted.',
        ]);
      },
    },
  },
};

async function heldWords({ engine, who }: CommandContext): Promise<Text> {
  const held = await engine.privacy.what(who.id);
  const { scenes, lines, whispers, personas, reports, cards, principles, chosen, optedOut, choices } = held;
  const nothing = scenes + lines + whispers + personas + reports + cards + principles + chosen === 0;
  return [
    ...(nothing
      ? [say('Nothing that you wrote is stored.')]
      : [
          say('Scenes you have a part in: {{count}}.', { count: scenes }),
          say('Stored of you: {{list}}.', {
            list: [
              say('{{count}} lines', { count: lines }),
              say('{{count}} whispers', { count: whispers }),
              say('{{count}} personas', { count: personas }),
              say('{{count}} reports', { count: reports }),
              say('{{count}} characters and worlds', { count: cards }),
              say('{{count}} principles', { count: principles }),
              say('{{count}} choices', { count: chosen }),
            ],
          }),
        ]),
    optedOut
      ? 'You have opted out: nothing you write is heard or stored.'
      : 'What you write where no scene plays, or without having joined it, is not stored.',
    choices ? 'Your choices are counted.' : 'Your choices are not counted.',
    'On Discord a scene is deleted after the time its server sets (90 days without activity unless told otherwise), with a warning a week before.',
  ];
}
