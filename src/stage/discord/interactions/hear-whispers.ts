import { type ButtonInteraction, escapeMarkdown } from 'discord.js';
import type { CommandAction } from '../../../engine/command/command.ts';
import type { Witnessed } from '../../../engine/ledger/ledger-api.ts';
import { renderDiscord } from '../../../format/render-discord.ts';
import { playerActorId } from '../../../scene/beat.ts';
import { localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { type Message, say } from '../../../words/text.ts';
import { EPHEMERAL } from './answering.ts';
import type { CommandRunner } from './command-runner.ts';
import type { HeardWhispers } from './heard-whispers.ts';

/** What fits into the few messages of an answer. */
const MOST_CHARACTERS = 5000;

/** A button that one player alone may press shows them what was whispered to them since they last heard. */
export async function hearWhispers(
  asked: ButtonInteraction<'cached'>,
  player: string,
  { runner, whispers }: { readonly runner: CommandRunner; readonly whispers: HeardWhispers },
): Promise<void> {
  if (asked.user.id !== player) {
    await asked.reply({
      ...EPHEMERAL,
      content: render('That word is for somebody else’s ear.', localeFor(asked.locale)),
    });
    return;
  }
  const told = { log: '', beats: [] as number[], more: false };
  if (!(await runner.run(asked, 'whispers', hearing(whispers, told)))) return;
  await whispers.note(told.log, player, told.beats);
  // Where it cannot be taken away, what was told must not be written over by that.
  if (!told.more) await asked.message.delete().catch(() => undefined);
}

type Told = { log: string; beats: number[]; more: boolean };

function hearing(whispers: HeardWhispers, told: Told): CommandAction {
  return {
    description: 'Whispers',
    options: [],
    allowed: 'anyone',
    async run({ engine, place, who, reply }) {
      told.log = (await engine.info(place.scene))?.record.log ?? '';
      const heard = await whispers.heard(told.log, who.id);
      const own = playerActorId(who.id);
      const waiting = (await engine.ledger.witnessedBy(place.scene, who.id)).filter(
        ({ kind, speaker, n }) => kind === 'whisper' && speaker?.id !== own && !heard.has(n),
      );
      const words: Message[] = [];
      let length = 0;
      for (const whisper of waiting) {
        const more = wordsOf(whisper);
        length += render(more, who.locale).length;
        told.more = words.length > 0 && length > MOST_CHARACTERS;
        if (told.more) break;
        words.push(more);
        told.beats.push(whisper.n);
      }
      await reply(words.length > 0 ? words : 'You have heard all that was whispered to you.');
    },
  };
}

function wordsOf({ speaker, segments }: Witnessed): Message {
  return say('-# {{who}}, to you alone:\n{{words}}', {
    who: speaker ? escapeMarkdown(speaker.name) : say('Someone'),
    words: renderDiscord(segments),
  });
}
