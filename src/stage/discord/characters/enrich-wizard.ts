import type {
  AnySelectMenuInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import { applyChanges } from '../../../cast/changes/apply-changes.ts';
import { readsAsTurn, reworded } from '../../../cast/changes/reworded.ts';
import type { Desk } from '../../../engine/cards/cards-api.ts';
import { checkTheirs } from '../../../engine/cards/whose-card.ts';
import { findCharacter } from '../../../engine/command/find-character.ts';
import { textOf } from '../../../engine/command/read-values.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { PlayerError } from '../../../errors.ts';
import { escapeDiscord } from '../../../format/render-discord.ts';
import { localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say, type Text } from '../../../words/text.ts';
import { EPHEMERAL } from '../interactions/answering.ts';
import type { CommandRunner } from '../interactions/command-runner.ts';
import { writtenIn } from '../interactions/forms.ts';
import { valuesOf } from '../interactions/interaction-facts.ts';
import { deskOf } from './desk-of.ts';
import { createEnrichDrafts, type EnrichDraft } from './enrich-drafts.ts';
import { choosingScreen, differencePages, readEnrichId, rewordingForm } from './enrich-screens.ts';

export type EnrichWizardOptions = {
  readonly engine: Engine;
  readonly runner: CommandRunner;
  readonly owners: readonly string[];
  readonly now: () => number;
  readonly signal: AbortSignal;
};

type Begun = ChatInputCommandInteraction<'cached'>;
type Used = ButtonInteraction<'cached'> | AnySelectMenuInteraction<'cached'>;
type Form = ModalSubmitInteraction<'cached'>;

const NOBODY_RINGS = { allowedMentions: { parse: [] } } as const;

/** `/character enrich` on Discord: what is proposed, for one person alone; nothing is kept before they take it. */
export function createEnrichWizard(options: EnrichWizardOptions) {
  const { engine, runner, now, signal } = options;
  const drafts = createEnrichDrafts(now);

  async function begin(asked: Begun): Promise<void> {
    const action = runner.actionOf('character', 'enrich');
    const desk = await deskOf(asked, action, options);
    await asked.deferReply(EPHEMERAL);
    const library = await engine.cards.library(desk.server);
    const { id, ...character } = findCharacter(asked.options.getString('name', true), library.characters());
    checkTheirs(character, desk.server, desk.by);
    const kept = await library.card(id);
    if (!kept) throw new PlayerError(say('The card of {{name}} is gone.', { name: character.name }));
    const text = textOf(await valuesOf(asked, action, signal), 'text') ?? '';
    const proposal = await engine.cards.enrich(desk, kept.card, text, signal);
    const whose = { server: desk.server, by: asked.user.id, id, name: character.name };
    const locale = localeFor(asked.locale);
    if (proposal.changes.length === 0) {
      const nothing: readonly Text[] = [
        say('Nothing was found that the card of {{name}} lacks and the words bear out.', {
          name: escapeDiscord(character.name),
        }),
        ...proposal.dropped.slice(0, 12),
      ];
      await asked.editReply({ content: render(nothing.flat(), locale).slice(0, 2000), ...NOBODY_RINGS });
      return;
    }
    const draft = drafts.begin(whose, proposal);
    const [first = '', ...more] = differencePages(draft, locale);
    await asked.editReply({ content: first, ...NOBODY_RINGS });
    for (const content of more) await asked.followUp({ ...EPHEMERAL, content, ...NOBODY_RINGS });
    const { content, components } = choosingScreen(draft, locale);
    await asked.followUp({ ...EPHEMERAL, content, components: [...components], ...NOBODY_RINGS });
  }

  async function show(asked: Used | Form, draft: EnrichDraft, ...notice: readonly Text[]): Promise<void> {
    const { content, components } = choosingScreen(draft, localeFor(asked.locale), ...notice);
    const answer = { content, components: [...components], ...NOBODY_RINGS };
    if (asked.deferred) await asked.editReply(answer);
    else if (!asked.isModalSubmit()) await asked.update(answer);
    else if (asked.isFromMessage()) await asked.update(answer);
    else throw new PlayerError('This form no longer does anything.');
  }

  async function end(asked: Used, ...lines: readonly Text[]): Promise<void> {
    const content = render(lines.flat(), localeFor(asked.locale)).slice(0, 2000);
    await asked.editReply({ content, components: [], ...NOBODY_RINGS });
  }

  async function take(
    asked: Used,
    draft: EnrichDraft,
    desk: Desk,
    which: ReadonlySet<number>,
  ): Promise<void> {
    const taken = draft.changes.filter((_, index) => which.has(index));
    if (taken.length === 0) return show(asked, draft, say('Nothing is chosen yet.'));
    // Whoever presses twice takes it once.
    drafts.end(draft);
    let name: string;
    try {
      await asked.deferUpdate();
      const library = await engine.cards.library(desk.server);
      const kept = await library.card(draft.id);
      if (!kept) throw new PlayerError(say('The card of {{name}} is gone.', { name: draft.name }));
      // What somebody changed meanwhile stays: additions go to what stands there now.
      const { character } = await engine.cards.save(desk, applyChanges(kept.card, taken), { id: draft.id });
      name = escapeDiscord(character.name);
    } catch (error) {
      drafts.keep(draft);
      if (!(error instanceof PlayerError)) throw error;
      return show(asked, draft, error.said);
    }
    // From here on it is saved, whether or not that can be told.
    await end(
      asked,
      say('**{{name}}** is saved with what you took, and plays so from the next turn on.', { name }),
    );
  }

  async function press(asked: ButtonInteraction<'cached'>, draft: EnrichDraft, desk: Desk, what: string) {
    switch (what) {
      case 'all':
        return take(asked, draft, desk, new Set(draft.changes.keys()));
      case 'take':
        return take(asked, draft, desk, draft.chosen);
      case 'edit': {
        const [only, another] = draft.chosen;
        if (only === undefined || another !== undefined) {
          return show(asked, draft, say('Choose the one to edit in the menu, and no other.'));
        }
        const change = draft.changes[only];
        if (!change) throw new PlayerError('This button no longer does anything.');
        await asked.showModal(rewordingForm(draft, only, change, localeFor(asked.locale)));
        return;
      }
      case 'leave':
        drafts.end(draft);
        await asked.deferUpdate();
        return end(asked, say('Nothing was changed.'));
      default:
        throw new PlayerError('This button no longer does anything.');
    }
  }

  async function choose(asked: AnySelectMenuInteraction<'cached'>, draft: EnrichDraft, what: string) {
    const indexes = asked.values.map((value) => (/^\d{1,2}$/u.test(value) ? Number(value) : -1));
    const known = asked.isStringSelectMenu() && indexes.every((index) => draft.changes[index] !== undefined);
    if (what !== 'choose' || !known) throw new PlayerError('This menu no longer does anything.');
    draft.chosen = new Set(indexes);
    await show(asked, draft);
  }

  async function submit(asked: Form, draft: EnrichDraft, what: string): Promise<void> {
    const index = Number(/^form-(\d{1,2})$/u.exec(what)?.[1] ?? -1);
    const change = draft.changes[index];
    if (!change) throw new PlayerError('This form no longer does anything.');
    const words = writtenIn(asked).trim();
    if (words === '') return show(asked, draft, say('There was nothing in it: it is as it was.'));
    if (change.field === 'examples' && !readsAsTurn(words)) {
      return show(asked, draft, say('That is no turn that anyone could see or hear: it is as it was.'));
    }
    draft.changes[index] = reworded(change, words);
    // The newest stands last: that one is shown.
    draft.reworded = new Set([...[...draft.reworded].filter((one) => one !== index), index]);
    draft.chosen = new Set([...draft.chosen, index]);
    await show(asked, draft);
  }

  return {
    /** Where nothing is accepted with the command itself; whether it was ours. */
    async begin(asked: Begun): Promise<boolean> {
      if (asked.options.getString('accept') !== null) return false;
      await begin(asked);
      return true;
    },
    /** A button, the menu or the form of a proposal; whether it was one. */
    async use(asked: Used | Form): Promise<boolean> {
      const part = readEnrichId(asked.customId);
      if (!part) return false;
      // Who set out with it may have lost the right since, or the card.
      const desk = await deskOf(asked, runner.actionOf('character', 'enrich'), options);
      const library = await engine.cards.library(desk.server);
      // Last: nothing is waited for between this and its end.
      const draft = drafts.of(part.token, asked.guildId, asked.user.id);
      const character = library.character(draft.id);
      if (!character) throw new PlayerError(say('The card of {{name}} is gone.', { name: draft.name }));
      checkTheirs(character, desk.server, desk.by);
      if (asked.isModalSubmit()) await submit(asked, draft, part.what);
      else if (asked.isButton()) await press(asked, draft, desk, part.what);
      else await choose(asked, draft, part.what);
      return true;
    },
  };
}
