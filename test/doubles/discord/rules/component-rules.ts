import { ButtonStyle, ComponentType as Kind } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault, list, text } from './form.ts';

/** Any component as it travels: children hang under one of three names. */
export type AnyComponent = {
  type: number;
  custom_id?: string | undefined;
  content?: string | undefined;
  components?: AnyComponent[] | undefined;
  component?: AnyComponent | undefined;
  accessory?: AnyComponent | undefined;
  [other: string]: unknown;
};

const customId = text(1, 100);
const media = z.looseObject({ url: z.string().max(2048) });

const button = z
  .looseObject({
    type: z.literal(Kind.Button),
    style: z.int().min(ButtonStyle.Primary).max(ButtonStyle.Premium),
    label: text(0, 80).nullish(),
    custom_id: customId.optional(),
    url: text(1, 512).optional(),
    sku_id: z.string().optional(),
  })
  .superRefine((value, context) => {
    const needed =
      value.style === ButtonStyle.Link ? 'url' : value.style === ButtonStyle.Premium ? 'sku_id' : 'custom_id';
    if (value[needed] === undefined) fault(context, 'BASE_TYPE_REQUIRED', 'This field is required', [needed]);
    if (value.style === ButtonStyle.Link && value.custom_id !== undefined) {
      fault(
        context,
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    }
    if (value.style !== ButtonStyle.Premium && !value.label && !value['emoji']) {
      fault(context, 'COMPONENT_BUTTON_LABEL_OR_EMOJI_REQUIRED', 'A label or emoji is required');
    }
  });

const choice = z.looseObject({
  label: text(1, 100),
  value: text(1, 100),
  description: text(0, 100).nullish(),
});
const selectBase = {
  custom_id: customId,
  placeholder: text(0, 150).nullish(),
  min_values: z.int().min(0).max(25).optional(),
  max_values: z.int().min(1).max(25).optional(),
};

/** The five kinds of select menu; they stand in a row of their own or under a modal's label. */
export const selects = [
  z.looseObject({ ...selectBase, type: z.literal(Kind.StringSelect), options: list(choice, 1, 25) }),
  z.looseObject({ ...selectBase, type: z.literal(Kind.UserSelect) }),
  z.looseObject({ ...selectBase, type: z.literal(Kind.RoleSelect) }),
  z.looseObject({ ...selectBase, type: z.literal(Kind.MentionableSelect) }),
  z.looseObject({ ...selectBase, type: z.literal(Kind.ChannelSelect) }),
] as const;

const actionRow = z
  .looseObject({
    type: z.literal(Kind.ActionRow),
    components: list(z.discriminatedUnion('type', [button, ...selects]), 1, 5),
  })
  .superRefine((row, context) => {
    const hasSelect = row.components.some((child) => child.type !== Kind.Button);
    if (hasSelect && row.components.length > 1) {
      fault(context, 'COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width', [
        'components',
      ]);
    }
  });

/** Text with markdown, in messages with Components V2 and in modals. */
export const textDisplay = z.looseObject({ type: z.literal(Kind.TextDisplay), content: text(1, 4000) });
const thumbnail = z.looseObject({
  type: z.literal(Kind.Thumbnail),
  media,
  description: text(0, 1024).nullish(),
});
const section = z.looseObject({
  type: z.literal(Kind.Section),
  components: list(textDisplay, 1, 3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});
const gallery = z.looseObject({
  type: z.literal(Kind.MediaGallery),
  items: list(z.looseObject({ media, description: text(0, 1024).nullish() }), 1, 10),
});
const file = z.looseObject({
  type: z.literal(Kind.File),
  file: z.looseObject({ url: z.string().startsWith('attachment://') }),
});
const separator = z.looseObject({
  type: z.literal(Kind.Separator),
  divider: z.boolean().optional(),
  spacing: z.int().min(1).max(2).optional(),
});
const leaves = [actionRow, section, textDisplay, gallery, file, separator] as const;
const container = z.looseObject({
  type: z.literal(Kind.Container),
  components: z.array(z.discriminatedUnion('type', leaves)).min(1),
  accent_color: z.int().min(0).max(0xff_ff_ff).nullish(),
});

/** A message's components without the V2 flag: five rows of five. */
export const legacyComponents = list(actionRow, 0, 5).superRefine(refuseTwins);

/** A message's components with it: 40 counted through all levels, 4,000 characters over all texts. */
export const v2Components = z
  .array(z.discriminatedUnion('type', [...leaves, container]))
  .superRefine((components, context) => {
    const every = [...everyComponent(components)];
    if (every.length > 40) {
      fault(context, 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', 'The maximum number of components is 40');
    }
    const length = every.reduce((sum, component) => sum + [...(component.content ?? '')].length, 0);
    if (length > 4000) {
      fault(
        context,
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        'Displayable text exceeds the maximum of 4000',
      );
    }
    refuseTwins(components, context);
  });

function refuseTwins(components: readonly AnyComponent[], context: z.core.$RefinementCtx): void {
  const ids = [...everyComponent(components)].flatMap((component) => component.custom_id ?? []);
  if (new Set(ids).size < ids.length) {
    fault(context, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  }
}

/** Walks components through rows, sections, containers and labels, parents first. */
export function* everyComponent(components: readonly AnyComponent[]): Generator<AnyComponent> {
  for (const component of components) {
    yield component;
    yield* everyComponent(component.components ?? []);
    if (component.component) yield component.component;
    if (component.accessory) yield component.accessory;
  }
}

/** Whether a component sends an interaction when used. */
export function isInteractive(component: AnyComponent): boolean {
  return component.custom_id !== undefined;
}
