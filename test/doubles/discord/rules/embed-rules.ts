import { z } from 'zod';
import { fault, list, text } from './form.ts';

const address = z
  .string()
  .max(2048)
  .regex(
    /^(https?|attachment):\/\//,
    "Scheme \"\" is not supported. Scheme must be one of ('http', 'https').",
  );
const picture = z.looseObject({ url: address }).nullish();

const embed = z.looseObject({
  title: text(0, 256).nullish(),
  description: text(0, 4096).nullish(),
  url: address.nullish(),
  color: z.int().min(0).max(0xff_ff_ff).nullish(),
  timestamp: z.string().nullish(),
  footer: z.looseObject({ text: text(0, 2048) }).nullish(),
  author: z.looseObject({ name: text(0, 256), url: address.nullish() }).nullish(),
  image: picture,
  thumbnail: picture,
  fields: list(z.looseObject({ name: text(1, 256), value: text(1, 1024) }), 0, 25).nullish(),
});

type Embed = z.output<typeof embed>;

/** A message's embeds: ten, each within its limits, 6,000 characters of text over all of them. */
export const embedList = list(embed, 0, 10).superRefine((embeds, context) => {
  const total = embeds.flatMap(textsOf).reduce((sum, words) => sum + [...words].length, 0);
  if (total > 6000) fault(context, 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
});

function textsOf(one: Embed): string[] {
  const fields = (one.fields ?? []).flatMap((field) => [field.name, field.value]);
  return [one.title, one.description, one.footer?.text, one.author?.name, ...fields].filter(
    (words) => typeof words === 'string',
  );
}
