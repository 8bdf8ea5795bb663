import { ApplicationCommandType, ApplicationCommandOptionType as Kind } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault, list, text } from './form.ts';

const chatName = z.string().superRefine((name, context) => {
  const fits = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(name) && name === name.toLowerCase();
  if (!fits) fault(context, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
});
const localized = z.record(z.string(), z.string().max(100)).nullish();
const choice = z.looseObject({
  name: text(1, 100),
  name_localizations: localized,
  value: z.union([text(1, 100), z.number()]),
});

const scalarKinds = [
  Kind.String,
  Kind.Integer,
  Kind.Boolean,
  Kind.User,
  Kind.Channel,
  Kind.Role,
  Kind.Mentionable,
  Kind.Number,
  Kind.Attachment,
] as const;
const described = {
  name: chatName,
  name_localizations: localized,
  description: text(1, 100),
  description_localizations: localized,
};

const scalar = z
  .looseObject({
    ...described,
    type: z.literal([...scalarKinds]),
    required: z.boolean().optional(),
    autocomplete: z.boolean().optional(),
    choices: list(choice, 0, 25).optional(),
    min_value: z.number().optional(),
    max_value: z.number().optional(),
    min_length: z.int().min(0).max(6000).optional(),
    max_length: z.int().min(1).max(6000).optional(),
  })
  .superRefine((option, context) => {
    if (option.autocomplete && option.choices?.length) {
      fault(
        context,
        'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
        'Choices and autocomplete exclude each other',
      );
    }
  });
const scalars = list(scalar, 0, 25).superRefine(checkOrder);
const subcommand = z.looseObject({
  ...described,
  type: z.literal(Kind.Subcommand),
  options: scalars.optional(),
});
const group = z.looseObject({
  ...described,
  type: z.literal(Kind.SubcommandGroup),
  options: list(subcommand, 1, 25).superRefine(checkOrder),
});
const anyOption = z.discriminatedUnion('type', [scalar, subcommand, group]);

const common = {
  name_localizations: localized,
  default_member_permissions: z.string().regex(/^\d+$/).nullish(),
  contexts: z.array(z.int().min(0).max(2)).nullish(),
  integration_types: z.array(z.int().min(0).max(1)).nullish(),
  nsfw: z.boolean().optional(),
};
const chatInput = z
  .looseObject({
    ...common,
    ...described,
    type: z.literal(ApplicationCommandType.ChatInput),
    options: list(anyOption, 0, 25).superRefine(checkOrder).optional(),
  })
  .superRefine((command, context) => {
    const nested = (command.options ?? []).filter(isNested).length;
    if (nested > 0 && nested < (command.options?.length ?? 0)) {
      fault(context, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Sub-commands and options cannot be mixed', [
        'options',
      ]);
    }
    if (sizeOf(command) > 8000) {
      fault(context, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
    }
  });
const menu = z
  .looseObject({
    ...common,
    type: z.literal([ApplicationCommandType.User, ApplicationCommandType.Message]),
    name: text(1, 32),
    description: z.literal('').optional(),
  })
  .superRefine((command, context) => {
    if (command['options'] !== undefined) {
      fault(context, 'APPLICATION_COMMAND_OPTIONS_INVALID', 'Context menu commands cannot have options', [
        'options',
      ]);
    }
  });

/** One command to register; without `type` it is a slash command. */
export const commandForm = z.preprocess(
  (body) =>
    typeof body === 'object' && body !== null ? { type: ApplicationCommandType.ChatInput, ...body } : body,
  z.discriminatedUnion('type', [chatInput, menu]),
);

export type CommandForm = z.output<typeof commandForm>;

/** A whole set of them: each name once per type. */
export const commandSet = z.array(commandForm).superRefine((commands, context) => {
  const seen = new Set<string>();
  commands.forEach((command, index) => {
    const key = `${command.type}:${command.name}`;
    if (seen.has(key)) {
      fault(context, 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique', [
        index,
        'name',
      ]);
    }
    seen.add(key);
  });
});

type NamedOption = { name: string; type: number; required?: boolean | undefined };

function checkOrder(options: readonly NamedOption[], context: z.core.$RefinementCtx): void {
  const names = options.map((option) => option.name);
  if (new Set(names).size < names.length) {
    fault(context, 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', 'Option names must be unique');
  }
  const firstOptional = options.findIndex((option) => option.required !== true);
  const late = options.findIndex((option, index) => option.required === true && index > firstOptional);
  if (firstOptional >= 0 && late >= 0) {
    fault(
      context,
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
      'Required options must be placed before others',
      [late],
    );
  }
}

function isNested(option: { type: number }): boolean {
  return option.type === Kind.Subcommand || option.type === Kind.SubcommandGroup;
}

/** Names, descriptions and choice values through all levels, in characters. */
function sizeOf(part: Record<string, unknown>): number {
  const own = [part['name'], part['description'], part['value']].reduce<number>(
    (sum, words) => sum + (typeof words === 'string' ? words.length : 0),
    0,
  );
  const children = [part['options'], part['choices']].flatMap((list) => (Array.isArray(list) ? list : []));
  return children.reduce((sum, child: Record<string, unknown>) => sum + sizeOf(child), own);
}
