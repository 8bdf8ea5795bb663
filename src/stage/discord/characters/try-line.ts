import type { ModalSubmitInteraction } from 'discord.js';
import type { Desk, Rehearsal } from '../../../engine/cards/cards-api.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { renderDiscord } from '../../../format/render-discord.ts';
import { localeFor } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { say, type Text } from '../../../words/text.ts';
import { EPHEMERAL } from '../interactions/answering.ts';
import { textForm, writtenIn } from '../interactions/forms.ts';
import { splitMessage } from '../lines/split-message.ts';
import type { CardDraft } from './drafts.ts';
import { partId } from './part-ids.ts';
import { shown } from './preview.ts';

const LONGEST_CUE = 1000;
const NOBODY_RINGS = { allowedMentions: { parse: [] } } as const;

/** Asks what is said to a character that is being written. */
export function tryForm(draft: CardDraft, locale: ReturnType<typeof localeFor>) {
  return textForm({
    id: partId(draft, 'tried'),
    title: say('Try a line'),
    label: say('What you say or *do* to them'),
    locale,
    most: LONGEST_CUE,
  });
}

/**
 * One turn of the card as it stands in the draft, in no scene. Its author reads what was thought, too: it
 * is their own card, and nobody else is told. What the model planned stays with it.
 */
export async function tryLine(
  asked: ModalSubmitInteraction<'cached'>,
  draft: CardDraft,
  desk: Desk,
  { engine, signal }: { readonly engine: Pick<Engine, 'cards'>; readonly signal: AbortSignal },
): Promise<void> {
  const cue = writtenIn(asked).trim();
  await asked.deferReply(EPHEMERAL);
  const rehearsal = await engine.cards.rehearse(desk, draft.card, cue, signal);
  const words = render(rehearsedWords(draft.card.name, cue, rehearsal), localeFor(asked.locale));
  const [first = '', ...more] = splitMessage(words);
  await asked.editReply({ content: first, ...NOBODY_RINGS });
  for (const content of more) await asked.followUp({ ...EPHEMERAL, ...NOBODY_RINGS, content });
}

function rehearsedWords(name: string, cue: string, { turn }: Rehearsal): readonly Text[] {
  if (!turn) {
    return [say('Nothing came of it that could be shown. Try again, or say something else.')];
  }
  return [
    say('-# Tried out; nobody else sees this, and nothing of it is kept.'),
    say('**You** {{cue}}', { cue: shown(cue, LONGEST_CUE) }),
    ...turn.segments.map((segment) =>
      segment.kind === 'thought'
        ? say('-# {{name}} thinks: {{thought}}', {
            name: shown(name, 80),
            thought: shown(segment.text, 1000).replace(/\s*\n\s*/gu, ' '),
          })
        : say('**{{name}}** {{words}}', { name: shown(name, 80), words: renderDiscord([segment]) }),
    ),
    ...(turn.by === 'script'
      ? [say('-# No model plays here: the scripted demo answers with the card’s own lines.')]
      : []),
  ];
}
