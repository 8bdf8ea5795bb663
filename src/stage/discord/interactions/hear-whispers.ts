import { type ButtonInteraction, escapeMarkdown } from 'discord.js';
import type { CommandAction } from '../../../engine/command/command.ts';
import type { Witnessed } from '../../../engine/ledger/ledger-api.ts';
import { renderDiscord } from '../../../format/render-discord.ts';
import { playerActorId } from '../../../scene/beat.ts';
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
    await asked.reply({ ...EPHEMERAL, content: 'That word is for somebody else’s ear.' });
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
      let words = '';
      for (const whisper of waiting) {
        const more = wordsOf(whisper);
        told.more = words !== '' && words.length + more.length > MOST_CHARACTERS;
        if (told.more) break;
        words = `${words}${more}\n`;
        told.beats.push(whisper.n);
      }
      await reply(words.trim() || 'You have heard all that was whispered to you.');
    },
  };
}

function wordsOf({ speaker, segments }: Witnessed): string {
  return `-# ${escapeMarkdown(speaker?.name ?? 'Someone')}, to you alone:\n${renderDiscord(segments)}`;
}
