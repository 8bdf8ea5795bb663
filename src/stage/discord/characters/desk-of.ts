import type { Guild } from 'discord.js';
import type { Desk } from '../../../engine/cards/cards-api.ts';
import { askerOf } from '../../../engine/command/asker.ts';
import type { CommandAction } from '../../../engine/command/command.ts';
import type { Asked } from '../interactions/answering.ts';
import type { CommandRunner } from '../interactions/command-runner.ts';
import { whoOf } from '../interactions/interaction-facts.ts';

/**
 * Where whoever asks works on cards, once it is known that they may.
 * @throws PlayerError where they may not (any more)
 */
export async function deskOf(
  asked: Asked & { readonly guild: Guild },
  action: CommandAction,
  { runner, owners }: { readonly runner: CommandRunner; readonly owners: readonly string[] },
): Promise<Desk & { readonly server: string }> {
  const { moderator } = await runner.check(asked, action);
  return { server: asked.guild.id, by: askerOf({ ...whoOf(asked, owners), moderator }) };
}
