import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { CardData } from '../../../cast/cards/card-data.ts';
import { fitPicture } from '../../../cast/pictures/fit-picture.ts';
import { CARD_FIELDS } from '../../../engine/cards/card-fields.ts';
import { PlayerError } from '../../../errors.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say, type Text } from '../../../words/text.ts';
import { uploadOf } from '../interactions/fetch-attachment.ts';
import { short } from '../interactions/forms.ts';
import { formValue, labelled, readCardForm, textInput } from './card-forms.ts';
import type { CardDraft } from './drafts.ts';

/** Field ids of the form. */
export const PICTURE_FIELDS = { file: 'picture', none: 'no-picture', adults: 'adults' } as const;

/** A picture, and what people are told beside it. @param hasPicture it can be taken away */
export function pictureForm(
  id: string,
  card: CardData,
  hasPicture: boolean,
  locale: Locale,
): APIModalInteractionResponseCallbackData {
  const notes = formValue(card, 'notes');
  const { label, about } = CARD_FIELDS.notes;
  return {
    custom_id: id,
    title: short(render(say('Picture and notes'), locale)),
    components: [
      labelled(
        say('Picture'),
        say('PNG, JPEG or WebP; it stands beside every line'),
        {
          type: ComponentType.FileUpload,
          custom_id: PICTURE_FIELDS.file,
          min_values: 0,
          max_values: 1,
          required: false,
        },
        locale,
      ),
      ...(hasPicture
        ? [
            labelled(
              say('No picture'),
              say('Take the picture away that is there'),
              { type: ComponentType.Checkbox, custom_id: PICTURE_FIELDS.none },
              locale,
            ),
          ]
        : []),
      ...(notes === undefined ? [] : [labelled(label, about, textInput('notes', notes), locale)]),
      labelled(
        say('For adults only'),
        say('Can be summoned in age-restricted channels alone, where this server allows it'),
        {
          type: ComponentType.Checkbox,
          custom_id: PICTURE_FIELDS.adults,
          default: card.extensions.dramatis.age_restricted === true,
        },
        locale,
      ),
    ],
  };
}

/** Puts what came back into a draft; what of it could not be taken. */
export async function takePictureForm(
  asked: ModalSubmitInteraction<'cached'>,
  draft: CardDraft,
  signal: AbortSignal,
): Promise<readonly Text[]> {
  const { card } = readCardForm(asked, 'notes', draft.card);
  draft.card = withRating(card, isTicked(asked, PICTURE_FIELDS.adults));
  if (isTicked(asked, PICTURE_FIELDS.none)) draft.picture = null;
  const field = asked.fields.fields.get(PICTURE_FIELDS.file);
  const file = field?.type === ComponentType.FileUpload ? field.attachments?.first() : undefined;
  if (!file) return [];
  try {
    const { bytes } = await uploadOf(file, { cdn: asked.client.rest.options.cdn, signal });
    const fitted = await fitPicture(bytes);
    if ('refused' in fitted) return [fitted.refused];
    draft.picture = fitted;
    return [];
  } catch (error) {
    // The rest of the form is in the draft already, and is to be seen there.
    if (!(error instanceof PlayerError)) throw error;
    return [error.said];
  }
}

/** A card that never said anything of it says nothing still. */
function withRating(card: CardData, adults: boolean): CardData {
  const own = card.extensions.dramatis;
  if (adults === (own.age_restricted ?? false)) return card;
  return { ...card, extensions: { ...card.extensions, dramatis: { ...own, age_restricted: adults } } };
}

function isTicked({ fields }: ModalSubmitInteraction<'cached'>, id: string): boolean {
  const field = fields.fields.get(id);
  return field?.type === ComponentType.Checkbox && field.value;
}
