import { ComponentType as Kind } from 'discord-api-types/v10';
import { z } from 'zod';
import { everyComponent, selects, textDisplay } from './component-rules.ts';
import { fault, list, text } from './form.ts';

const customId = text(1, 100);
const textInput = z
  .looseObject({
    type: z.literal(Kind.TextInput),
    custom_id: customId,
    style: z.int().min(1).max(2),
    label: text(1, 45).nullish(),
    min_length: z.int().min(0).max(4000).optional(),
    max_length: z.int().min(1).max(4000).optional(),
    required: z.boolean().optional(),
    value: text(0, 4000).nullish(),
    placeholder: text(0, 100).nullish(),
  })
  .superRefine(({ value, max_length: most = 4000 }, context) => {
    if ([...(value ?? '')].length > most) {
      fault(context, 'BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`, ['value']);
    }
  });
const option = z.looseObject({
  label: text(1, 100),
  value: text(1, 100),
  description: text(0, 100).nullish(),
});

const label = z.looseObject({
  type: z.literal(Kind.Label),
  label: text(1, 45),
  description: text(0, 100).nullish(),
  component: z.discriminatedUnion('type', [
    textInput,
    ...selects,
    z.looseObject({
      type: z.literal(Kind.FileUpload),
      custom_id: customId,
      min_values: z.int().min(0).max(10).optional(),
      max_values: z.int().min(1).max(10).optional(),
      required: z.boolean().optional(),
    }),
    z.looseObject({ type: z.literal(Kind.RadioGroup), custom_id: customId, options: list(option, 2, 10) }),
    z.looseObject({ type: z.literal(Kind.CheckboxGroup), custom_id: customId, options: list(option, 1, 10) }),
    z.looseObject({
      type: z.literal(Kind.Checkbox),
      custom_id: customId,
      default: z.boolean().optional(),
      // A checkbox that must be ticked is none: Discord has no such field.
      required: z.undefined().optional(),
    }),
  ]),
});
const row = z.looseObject({ type: z.literal(Kind.ActionRow), components: list(textInput, 1, 1) });

/** A modal as it is opened: a title of 45 characters, one to five labels or texts. */
export const modalForm = z.looseObject({
  custom_id: customId,
  title: text(1, 45),
  components: list(z.discriminatedUnion('type', [label, textDisplay, row]), 1, 5).superRefine(
    (parts, context) => {
      const every = [...everyComponent(parts)];
      const ids = every.flatMap((part) => part.custom_id ?? []);
      if (new Set(ids).size < ids.length) {
        fault(context, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
      }
      if (every.some((part) => part['disabled'] === true)) {
        fault(context, 'COMPONENT_DISABLED_IN_MODAL', 'Components of a modal cannot be disabled');
      }
    },
  ),
});

export type Modal = z.output<typeof modalForm>;
