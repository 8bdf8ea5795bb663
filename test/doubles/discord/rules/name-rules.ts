import { z } from 'zod';
import { fault } from './form.ts';

/**
 * A webhook's name, its own or that of one message: 1 to 80 characters once trimmed, and none of the words
 * Discord keeps to itself.
 */
export const webhookName = z
  .string()
  .transform((name) => name.trim())
  .superRefine((name, context) => {
    const length = [...name].length;
    if (length < 1 || length > 80) {
      fault(context, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 80 in length.');
    }
    for (const word of ['clyde', 'discord', '```']) {
      if (name.toLowerCase().includes(word)) {
        fault(context, 'USERNAME_INVALID_CONTAINS', `Username cannot contain "${word}"`);
      }
    }
    if (/^(here|everyone)$/i.test(name)) fault(context, 'USERNAME_INVALID', `Username cannot be "${name}"`);
  });

/** A picture sent in the body itself, as webhooks take their own avatar. */
export const imageData = z.string().regex(/^data:image\/(png|jpe?g|gif|webp);base64,/, 'Invalid image data');

/** A picture by address, as one message of a webhook takes it: Discord fetches it, so http(s) only. */
export const imageAddress = z
  .string()
  .max(2048)
  .superRefine((value, context) => {
    if (!URL.canParse(value)) fault(context, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    else if (!/^https?:/.test(value)) {
      fault(context, 'URL_TYPE_INVALID_SCHEME', "Scheme must be one of ('http', 'https').");
    }
  });
