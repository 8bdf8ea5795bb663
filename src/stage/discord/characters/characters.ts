import {
  type AnySelectMenuInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { blankCard, type CardFieldName, withField } from '../../../engine/cards/card-fields.ts';
import { checkTheirs } from '../../../engine/cards/whose-card.ts';
import { findCharacter } from '../../../engine/command/find-character.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { PlayerError } from '../../../errors.ts';
import type { Log } from '../../../log.ts';
import { localeFor } from '../../../words/locales.ts';
import { say } from '../../../words/text.ts';
import { EPHEMERAL } from '../interactions/answering.ts';
import type { CommandRunner } from '../interactions/command-runner.ts';
import { explainFailure } from '../interactions/explain-failure.ts';
import { bringCard } from './bring-card.ts';
import { cardForm, isCardForm, readCardForm } from './card-forms.ts';
import { createCardScreens, type OnDraft } from './card-screens.ts';
import { askWhetherToDelete, pressDelete } from './delete-card.ts';
import { deskOf } from './desk-of.ts';
import { type CardDraft, createCardDrafts } from './drafts.ts';
import { createEnrichWizard } from './enrich-wizard.ts';
import { listCards, pressListPage } from './list-pages.ts';
import { partId, readPartId } from './part-ids.ts';
import { pictureForm, takePictureForm } from './picture-form.ts';
import { pressSummon } from './summon-row.ts';
import { tryForm, tryLine } from './try-line.ts';

export type CharactersOptions = {
  readonly engine: Engine;
  readonly runner: CommandRunner;
  readonly owners: readonly string[];
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly log: Log;
};

type Begun = ChatInputCommandInteraction<'cached'>;
type Used = ButtonInteraction<'cached'> | AnySelectMenuInteraction<'cached'>;
type Form = ModalSubmitInteraction<'cached'>;

export type Characters = {
  /** `/character` where a form, a screen or a question answers; whether one did. */
  begin(asked: Begun): Promise<boolean>;
  /** A button or a form of a draft, or one that is about a card; whether it was one. */
  use(asked: Used | Form): Promise<boolean>;
};

/** What may stand in the form already when it opens. */
const GIVEN = [
  'name',
  'description',
  'personality',
  'greeting',
  'looks',
] as const satisfies readonly CardFieldName[];

/** Writing characters on Discord: forms and screens for one person alone, and nothing is kept before they save. */
export function createCharacters(options: CharactersOptions): Characters {
  const { engine, runner, signal, log } = options;
  const drafts = createCardDrafts(options.now);
  const screens = createCardScreens({ engine, drafts });
  const enriching = createEnrichWizard(options);

  async function create(asked: Begun): Promise<void> {
    const { server } = await deskOf(asked, runner.actionOf('character', 'create'), options);
    const card = GIVEN.reduce(
      (one, name) => withField(one, name, asked.options.getString(name) ?? ''),
      blankCard(''),
    );
    const draft = drafts.begin({ server, by: asked.user.id, began: undefined, card });
    await asked.showModal(cardForm(partId(draft, 'basics'), 'basics', card, localeFor(asked.locale)));
  }

  async function edit(asked: Begun): Promise<void> {
    const desk = await deskOf(asked, runner.actionOf('character', 'edit'), options);
    await asked.deferReply(EPHEMERAL);
    const library = await engine.cards.library(desk.server);
    const { id, ...character } = findCharacter(asked.options.getString('name', true), library.characters());
    checkTheirs(character, desk.server, desk.by);
    const kept = await library.card(id);
    if (!kept) throw new PlayerError(say('The card of {{name}} is gone.', { name: character.name }));
    const began = { id, card: kept.card };
    const draft = drafts.begin({ server: desk.server, by: asked.user.id, began, card: kept.card });
    await screens.show(asked, { draft, desk });
  }

  async function press(asked: Used, on: OnDraft, what: string): Promise<void> {
    const { draft } = on;
    const locale = localeFor(asked.locale);
    if (isCardForm(what)) {
      await asked.showModal(cardForm(partId(draft, what), what, draft.card, locale));
      return;
    }
    switch (what) {
      case 'picture':
        await asked.showModal(
          pictureForm(partId(draft, what), draft.card, await screens.hasPicture(draft), locale),
        );
        return;
      case 'try':
        await asked.showModal(tryForm(draft, locale));
        return;
      case 'save':
        return screens.save(asked, on);
      case 'discard':
        return screens.discard(asked, draft);
      default:
        throw new PlayerError('This button no longer does anything.');
    }
  }

  async function submit(asked: Form, on: OnDraft, what: string): Promise<void> {
    const { draft, desk } = on;
    if (what === 'tried') return tryLine(asked, draft, desk, { engine, signal });
    if (isCardForm(what)) {
      const { card, problems } = readCardForm(asked, what, draft.card);
      draft.card = card;
      return screens.show(asked, on, problems);
    }
    if (what !== 'picture') throw new PlayerError('This form no longer does anything.');
    // The picture has to be fetched first, and Discord waits for no more than a word.
    await screens.defer(asked);
    return screens.show(asked, on, await takePictureForm(asked, draft, signal));
  }

  /** What failed behind a screen is said beside it: the screen itself can show nothing but screens. */
  async function sayBeside(asked: Used | Form, error: unknown): Promise<void> {
    const onScreen = asked.isMessageComponent() || asked.isFromMessage();
    if (!onScreen || !asked.deferred || asked.ephemeral === true) throw error;
    const content = explainFailure(error, 'character', log, localeFor(asked.locale));
    await asked.followUp({ ...EPHEMERAL, content, allowedMentions: { parse: [] } });
  }

  async function onDraft(asked: Used | Form, draft: CardDraft, what: string): Promise<void> {
    // Who set out with it may have lost the right since.
    const action = runner.actionOf('character', draft.began ? 'edit' : 'create');
    const on = { draft, desk: await deskOf(asked, action, options) };
    // Another press may have ended it while that was looked up.
    drafts.of(draft.token, asked.guildId, asked.user.id);
    if (asked.isModalSubmit()) await submit(asked, on, what);
    else await press(asked, on, what);
  }

  return {
    async begin(asked) {
      if (asked.commandName !== 'character') return false;
      switch (asked.options.getSubcommand(false)) {
        case 'create':
          await create(asked);
          return true;
        case 'edit':
          if (asked.options.getString('field') !== null) return false;
          await edit(asked);
          return true;
        case 'import':
          await bringCard(asked, options);
          return true;
        case 'list':
          await listCards(asked, runner);
          return true;
        case 'delete':
          return asked.options.getBoolean('sure') !== true && askWhetherToDelete(asked, options);
        case 'enrich':
          return enriching.begin(asked);
        default:
          return false;
      }
    },
    async use(asked) {
      // Screens are shown to one person alone: a changed client names their parts in what everyone sees.
      const seenByAll = asked.message?.flags.has(MessageFlags.Ephemeral) === false;
      if (!seenByAll && (await enriching.use(asked))) return true;
      if (asked.isButton()) {
        if (await pressSummon(asked, runner)) return true;
        if (await pressDelete(asked, options)) return true;
        if (await pressListPage(asked, runner)) return true;
      }
      const part = seenByAll ? undefined : readPartId(asked.customId);
      if (!part) return false;
      const draft = drafts.of(part.token, asked.guildId, asked.user.id);
      try {
        await onDraft(asked, draft, part.what);
      } catch (error) {
        await sayBeside(asked, error);
      }
      return true;
    },
  };
}
