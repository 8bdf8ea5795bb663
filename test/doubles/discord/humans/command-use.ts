import { ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import type { Choice, Interaction } from '../interactions/interaction.ts';
import { openInteraction } from '../interactions/open-interaction.ts';
import type { DoubleEvent } from '../journal.ts';
import { messagePayload } from '../payloads/message-payload.ts';
import type { Platform } from '../platform.ts';
import type { Channel, Command } from '../world/entities.ts';
import { idOf, type Ref } from '../world/snowflake.ts';
import { buildOptions, findCommand, noteUser, type OptionValues, type Resolved } from './command-data.ts';
import { createLookup } from './people.ts';

export type CommandUse = ReturnType<typeof createCommandUse>;

/** People using commands. The bot must have registered them, and may be used only as registered. */
export function createCommandUse(platform: Platform) {
  const { world, journal } = platform;
  const find = createLookup(platform);

  function data(command: Command, rest: object): object {
    const { id, name, type, guild_id } = command;
    return { id, name, type, ...(guild_id !== undefined && { guild_id }), ...rest };
  }

  function open(channel: Channel, user: Ref, command: Command, title: string, rest: object): Interaction {
    return openInteraction(platform, {
      type: InteractionType.ApplicationCommand,
      channel,
      userId: idOf(user),
      command: { name: title, type: command.type },
      data: data(command, rest),
    });
  }

  return {
    /** Whether a person is shown a slash command there, as far as it was registered for them. */
    offers(channel: Ref, user: Ref, name: string): boolean {
      try {
        findCommand(
          world,
          find.channel(channel, idOf(user)),
          idOf(user),
          name,
          ApplicationCommandType.ChatInput,
        );
        return true;
      } catch {
        return false;
      }
    },

    /** Uses a slash command; `name` is as typed, with group and sub-command: `scene start`. */
    slash(channel: Ref, user: Ref, name: string, options: OptionValues = {}): Interaction {
      const place = find.channel(channel, idOf(user));
      const [head = '', ...path] = name.split(' ');
      const command = findCommand(world, place, idOf(user), head, ApplicationCommandType.ChatInput);
      return open(place, user, command, name, buildOptions(platform, place, command, path, options));
    },

    /** Uses a command from a message's menu. What the message says comes along, intent or not. */
    messageCommand(channel: Ref, user: Ref, name: string, message: Ref): Interaction {
      const place = find.channel(channel, idOf(user));
      const command = findCommand(world, place, idOf(user), name, ApplicationCommandType.Message);
      const target = find.message(message);
      const resolved = { messages: { [target.id]: messagePayload(world, target) } };
      return open(place, user, command, name, { target_id: target.id, resolved });
    },

    /** Uses a command from a person's menu. */
    userCommand(channel: Ref, user: Ref, name: string, target: Ref): Interaction {
      const place = find.channel(channel, idOf(user));
      const command = findCommand(world, place, idOf(user), name, ApplicationCommandType.User);
      const resolved: Partial<Resolved> = {};
      noteUser(platform, place, resolved, idOf(target));
      return open(place, user, command, name, { target_id: idOf(target), resolved });
    },

    /**
     * Types into the option `focused` of a command and returns the choices offered. Without an answer within
     * three seconds the person sees that loading them failed, and this rejects.
     */
    async autocomplete(
      channel: Ref,
      user: Ref,
      name: string,
      options: OptionValues,
      focused: string,
    ): Promise<readonly Choice[]> {
      const place = find.channel(channel, idOf(user));
      const [head = '', ...path] = name.split(' ');
      const command = findCommand(world, place, idOf(user), head, ApplicationCommandType.ChatInput);
      const built = buildOptions(platform, place, command, path, { [focused]: '', ...options }, focused);
      const interaction = openInteraction(platform, {
        type: InteractionType.ApplicationCommandAutocomplete,
        channel: place,
        userId: idOf(user),
        command: { name, type: command.type },
        data: data(command, built),
      });
      const isOver = (event: DoubleEvent) =>
        'interactionId' in event && event.interactionId === interaction.id;
      await journal.waitForAny(isOver, `choices for ${focused}`, platform.settings.acknowledgeMs + 1000);
      if (!interaction.choices) throw new Error('Loading options failed.');
      return interaction.choices;
    },
  };
}
