import {
  type AnySelectMenuInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  ComponentType,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import type { Added } from '../../../cast/library/library-api.ts';
import { type FittedPicture, fitPicture } from '../../../cast/pictures/fit-picture.ts';
import type { Desk } from '../../../engine/cards/cards-api.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { PlayerError } from '../../../errors.ts';
import { localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say, type Text } from '../../../words/text.ts';
import { EPHEMERAL } from '../interactions/answering.ts';
import { placeOf } from '../interactions/interaction-facts.ts';
import type { CardDraft, CardDrafts } from './drafts.ts';
import { type CardScreen, previewOf, shown, text } from './preview.ts';
import { summonRows } from './summon-row.ts';

type Asked =
  | ChatInputCommandInteraction<'cached'>
  | ButtonInteraction<'cached'>
  | AnySelectMenuInteraction<'cached'>
  | ModalSubmitInteraction<'cached'>;

/** A draft, and where whoever works on it does. */
export type OnDraft = { readonly draft: CardDraft; readonly desk: Desk };

/** The one message that a draft is shown in, from its first form to its end. */
export function createCardScreens({
  engine,
  drafts,
}: {
  readonly engine: Pick<Engine, 'cards' | 'info'>;
  readonly drafts: CardDrafts;
}) {
  /** A form or a button of the message changes it; anything else gets one of its own. */
  async function defer(asked: Asked): Promise<void> {
    if (asked.deferred || asked.replied) return;
    if (asked.isMessageComponent()) await asked.deferUpdate();
    else if (asked.isModalSubmit() && asked.isFromMessage()) await asked.deferUpdate();
    else await asked.deferReply(EPHEMERAL);
  }

  async function put(asked: Asked, { components, files }: CardScreen): Promise<void> {
    await asked.editReply({
      flags: MessageFlags.IsComponentsV2,
      allowedMentions: { parse: [] },
      components,
      files,
      // What was uploaded for the screen before goes with it.
      attachments: [],
    });
  }

  async function pictureOf({ picture, began, server }: CardDraft): Promise<FittedPicture | undefined> {
    if (picture !== undefined || !began) return picture ?? undefined;
    const bytes = (await (await engine.cards.library(server)).card(began.id))?.picture;
    const fitted = bytes && (await fitPicture(bytes));
    return fitted && 'bytes' in fitted ? fitted : undefined;
  }

  async function show(asked: Asked, { draft, desk }: OnDraft, notice: readonly Text[] = []): Promise<void> {
    await defer(asked);
    const { card, began } = draft;
    const [refusal, picture] = await Promise.all([
      card.name === '' ? undefined : engine.cards.nameRefusal(desk, card.name, began?.id),
      pictureOf(draft),
    ]);
    // It may have been saved or discarded meanwhile, and the message says so.
    if (!drafts.isUnderWay(draft)) return;
    await put(asked, previewOf(draft, { picture, refusal, notice, locale: localeFor(asked.locale) }));
  }

  /** Somebody else may have changed or deleted what is being changed here. @throws PlayerError saying so */
  async function checkStanding({ began, server }: CardDraft): Promise<void> {
    if (!began) return;
    const kept = await (await engine.cards.library(server)).card(began.id);
    if (!kept) {
      throw new PlayerError(
        'Somebody deleted this character meanwhile. /character create begins a new one: copy from here what is to stay.',
      );
    }
    if (JSON.stringify(kept.card) === JSON.stringify(began.card)) return;
    throw new PlayerError(
      'Somebody changed this character meanwhile. /character edit begins anew with what stands now: copy from here what is to stay.',
    );
  }

  return {
    defer,
    show,
    hasPicture: async (draft: CardDraft) => (await pictureOf(draft)) !== undefined,

    /** All of it or nothing. What speaks against it is said on the screen, and the draft goes on. */
    async save(asked: Exclude<Asked, ChatInputCommandInteraction>, on: OnDraft): Promise<void> {
      const { draft, desk } = on;
      // Whoever presses twice saves once.
      drafts.end(draft);
      let saved: Added;
      try {
        await defer(asked);
        await checkStanding(draft);
        saved = await engine.cards.save(desk, draft.card, {
          ...(draft.began ? { id: draft.began.id } : {}),
          ...(draft.picture === undefined ? {} : { picture: draft.picture?.bytes ?? null }),
        });
      } catch (error) {
        drafts.keep(draft);
        if (!(error instanceof PlayerError)) throw error;
        await show(asked, on, [error.said]);
        return;
      }
      // From here on it is saved, whether or not that can be told: the draft would save it a second time.
      const { character, warnings } = saved;
      const locale = localeFor(asked.locale);
      const name = shown(character.name, 80);
      const words: Text = [
        draft.began
          ? say('**{{name}}** is saved, and plays so from the next turn on.', { name })
          : say('**{{name}}** is saved: everyone who may play here can summon them.', { name }),
        ...warnings.slice(0, 5).map((warning) => say('⚠️ {{problem}}', { problem: shown(warning, 200) })),
      ];
      const rows = await summonRows([character], placeOf(asked).scene, engine, locale);
      await put(asked, {
        components: [{ type: ComponentType.Container, components: [text(render(words, locale)), ...rows] }],
        files: [],
      });
    },

    async discard(asked: Exclude<Asked, ChatInputCommandInteraction>, draft: CardDraft): Promise<void> {
      drafts.end(draft);
      await defer(asked);
      const words = draft.began ? say('Nothing was changed.') : say('Nothing was kept.');
      await put(asked, { components: [text(render(words, localeFor(asked.locale)))], files: [] });
    },
  };
}
