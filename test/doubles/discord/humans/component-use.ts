import { InteractionType, ComponentType as Kind } from 'discord-api-types/v10';
import type { Interaction } from '../interactions/interaction.ts';
import { openInteraction } from '../interactions/open-interaction.ts';
import { storeFile } from '../messages/attachments.ts';
import type { Platform } from '../platform.ts';
import { type AnyComponent, everyComponent } from '../rules/component-rules.ts';
import type { Message } from '../world/entities.ts';
import { idOf, type Ref } from '../world/snowflake.ts';
import { noteChannel, noteRole, noteUser, type Resolved } from './command-data.ts';
import { createLookup, type SentFile } from './people.ts';

type ModalValues = Readonly<Record<string, string | boolean | readonly string[] | readonly SentFile[]>>;
export type ComponentUse = ReturnType<typeof createComponentUse>;

/** People using buttons, menus and modals, as far as Discord's client lets them. */
export function createComponentUse(platform: Platform) {
  const { world } = platform;
  const find = createLookup(platform);

  function reach(ref: Ref, customId: string, user: Ref): { message: Message; component: AnyComponent } {
    const message = find.message(ref);
    if (message.ephemeralTo !== null && message.ephemeralTo !== idOf(user)) {
      throw new Error('This message is shown to somebody else alone.');
    }
    const components = message.components as unknown as AnyComponent[];
    const component = [...everyComponent(components)].find((one) => one.custom_id === customId);
    if (!component) {
      const offered = [...everyComponent(components)].flatMap((one) => one.custom_id ?? []);
      throw new Error(`The message has no component "${customId}"; it has: ${offered.join(', ') || 'none'}.`);
    }
    if (component['disabled'] === true) throw new Error(`The component "${customId}" is disabled.`);
    return { message, component };
  }

  function use(message: Message, user: Ref, data: object): Interaction {
    const { author } = message;
    if (author.kind === 'webhook' && author.applicationId !== world.bot.id) {
      throw new Error('Components of a webhook that is not the bot’s own do not come back to it.');
    }
    const channel = find.channel(message.channelId, idOf(user));
    return openInteraction(platform, {
      type: InteractionType.MessageComponent,
      channel,
      userId: idOf(user),
      message,
      data,
    });
  }

  function resolveValues(kind: number, channelId: string, values: readonly string[]): Partial<Resolved> {
    const channel = world.channels.get(channelId);
    const resolved: Partial<Resolved> = {};
    if (!channel) return resolved;
    for (const id of values) {
      if (world.users.has(id)) noteUser(platform, channel, resolved, id);
      else if (kind === Kind.ChannelSelect) noteChannel(platform, resolved, id);
      else if (kind === Kind.RoleSelect || kind === Kind.MentionableSelect)
        noteRole(platform, channel, resolved, id);
    }
    return resolved;
  }

  /** A file that is put into a form, as what the form resolves tells of it; its id. */
  function keepFile(channelId: string, sent: SentFile, resolved: Record<string, object>): string {
    const { name, data, contentType = 'application/octet-stream' } = sent;
    const file = storeFile(platform, channelId, { name, data: Buffer.from(data), contentType }, null);
    resolved[file.id] = { ...file, ephemeral: true };
    return file.id;
  }

  return {
    /** Presses a button. */
    click(message: Ref, customId: string, user: Ref): Interaction {
      const reached = reach(message, customId, user);
      if (reached.component.type !== Kind.Button) throw new Error(`"${customId}" is no button.`);
      return use(reached.message, user, {
        custom_id: customId,
        component_type: Kind.Button,
        id: reached.component['id'],
      });
    },

    /** A client that was tampered with presses a button that the message does not bear. */
    forgeClick(message: Ref, customId: string, user: Ref): Interaction {
      return use(find.message(message), user, { custom_id: customId, component_type: Kind.Button, id: 1 });
    },

    /** The same chooses something in a menu that the message does not bear. */
    forgeSelect(message: Ref, customId: string, user: Ref, values: readonly string[]): Interaction {
      const data = { custom_id: customId, component_type: Kind.StringSelect, id: 1, values };
      return use(find.message(message), user, data);
    },

    /** Chooses in a select menu: values of its options, or ids. */
    select(message: Ref, customId: string, user: Ref, values: readonly string[]): Interaction {
      const { message: one, component } = reach(message, customId, user);
      checkChoice(component, values);
      return use(one, user, {
        custom_id: customId,
        component_type: component.type,
        id: component['id'],
        values,
        ...(component.type !== Kind.StringSelect && {
          resolved: resolveValues(component.type, one.channelId, values),
        }),
      });
    },

    /**
     * Fills in and sends the modal that an interaction was answered with. Fields left out keep their preset. With
     * `forgedId` the client was tampered with and names another form.
     */
    submitModal(answered: Interaction, values: ModalValues = {}, forgedId?: string): Interaction {
      const { modal } = answered;
      if (!modal) throw new Error('This interaction was not answered with a modal.');
      const parts = modal.components as unknown as AnyComponent[];
      const fields = [...everyComponent(parts)].flatMap((one) => one.custom_id ?? []);
      const unknown = Object.keys(values).find((id) => !fields.includes(id));
      if (unknown) throw new Error(`The modal has no field "${unknown}"; it has: ${fields.join(', ')}.`);
      const message = world.messages.get(answered.messageId ?? '');
      const attachments: Record<string, object> = {};
      const put: ModalValues = Object.fromEntries(
        Object.entries(values).map(([id, value]) => {
          const files = filesIn(value);
          if (files.length === 0) return [id, value];
          const input = [...everyComponent(parts)].find((one) => one.custom_id === id);
          if (input?.type !== Kind.FileUpload) throw new Error(`"${id}" takes no files.`);
          return [id, files.map((file) => keepFile(answered.channelId, file, attachments))];
        }),
      );
      const chosen = Object.values(put).flatMap((value) =>
        typeof value === 'boolean' ? [] : typeof value === 'string' ? [value] : value.map(String),
      );
      return openInteraction(platform, {
        type: InteractionType.ModalSubmit,
        channel: find.channel(answered.channelId, answered.userId),
        userId: answered.userId,
        message,
        data: {
          custom_id: forgedId ?? modal.custom_id,
          components: parts.map((part) => fill(part, put)),
          resolved: {
            ...resolveValues(Kind.MentionableSelect, answered.channelId, chosen),
            ...(Object.keys(attachments).length > 0 && { attachments }),
          },
        },
      });
    },
  };
}

function filesIn(value: ModalValues[string] | undefined): readonly SentFile[] {
  return typeof value === 'object' ? value.filter((one) => typeof one === 'object') : [];
}

/** A part of a modal as it comes back: the frame, and what was put in. */
function fill(part: AnyComponent, values: ModalValues): object {
  const { type, component, components } = part;
  if (component) return { type, id: part['id'], component: fill(component, values) };
  if (components) return { type, id: part['id'], components: components.map((child) => fill(child, values)) };
  if (part.custom_id === undefined) return { type, id: part['id'] };
  const base = { type, id: part['id'], custom_id: part.custom_id };
  const given = values[part.custom_id];
  if (type === Kind.TextInput)
    return { ...base, value: checkText(part, given ?? String(part['value'] ?? '')) };
  if (type === Kind.Checkbox) return { ...base, value: (given ?? part['default']) === true };
  if (type === Kind.RadioGroup) return { ...base, value: given ?? null };
  const chosen =
    typeof given === 'object' ? given.map(String) : typeof given === 'string' ? [given] : presetOf(part);
  if (part['required'] !== false || chosen.length > 0) checkChoice(part, chosen);
  return { ...base, values: chosen };
}

/** What a menu of a form has chosen from the start. */
function presetOf(part: AnyComponent): readonly string[] {
  const options = part['options'] as { value: string; default?: boolean }[] | undefined;
  return (options ?? []).filter((option) => option.default === true).map(({ value }) => value);
}

function checkText(input: AnyComponent, value: ModalValues[string]): string {
  if (typeof value !== 'string') throw new Error(`"${input.custom_id}" takes text.`);
  const min = Number(input['min_length'] ?? 0);
  const max = Number(input['max_length'] ?? 4000);
  if (value === '' && input['required'] === false) return value;
  if (value === '') throw new Error(`"${input.custom_id}" must be filled in.`);
  if (value.length < min || value.length > max) {
    throw new Error(`"${input.custom_id}" takes between ${min} and ${max} characters.`);
  }
  return value;
}

function checkChoice(menu: AnyComponent, values: readonly string[]): void {
  const min = Number(menu['min_values'] ?? 1);
  const max = Number(menu['max_values'] ?? 1);
  if (values.length < min || values.length > max) {
    throw new Error(`"${menu.custom_id}" takes between ${min} and ${max} values.`);
  }
  const options = menu['options'] as { value: string }[] | undefined;
  const missing = options && values.find((value) => !options.some((option) => option.value === value));
  if (missing !== undefined) throw new Error(`"${menu.custom_id}" offers no "${missing}".`);
}
