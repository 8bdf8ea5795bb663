import { applyChanges } from '../../src/cast/changes/apply-changes.ts';
import { changeWords } from '../../src/cast/changes/change-words.ts';
import { fieldCalled, fieldWords } from '../../src/cast/changes/field-words.ts';
import {
  type Change,
  ENRICHED_FIELDS,
  type EnrichedField,
  type Proposal,
} from '../../src/cast/changes/proposal.ts';
import type { CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import { textOf } from '../../src/engine/command/read-values.ts';
import { PlayerError } from '../../src/errors.ts';
import { asTyped, type Message, say, type Text } from '../../src/words/text.ts';
import { asShown, deskOf, namedOwnCharacter, ownCharacter } from './own-cards.ts';
import { rememberShown, takeShown } from './shown-proposals.ts';

const LONGEST_SHOWN = 6000;

/** On Discord a screen answers in its place where nothing is accepted (`stage/discord/characters`). */
export const enrich: CommandAction = {
  description: 'Find what a card lacks and its own words, or a text, bear out',
  options: [
    ownCharacter('Who'),
    { name: 'text', description: 'A text about the character: a story, notes', type: 'file' },
    {
      name: 'accept',
      description: 'Take it into the card: all, or fields (description, motivation, examples, …)',
      type: 'text',
      max: 200,
    },
  ],
  allowed: 'creator',
  async run(context, values) {
    const { engine, library, place, who, signal } = context;
    const { id, name } = await namedOwnCharacter(context, values);
    const accept = fieldsIn(textOf(values, 'accept'));
    const kept = await library.card(id);
    if (!kept) throw new PlayerError(say('The card of {{name}} is gone.', { name }));
    const text = textOf(values, 'text') ?? '';
    const whose = { server: place.server, person: who.id, card: id };
    // What is accepted is what was read, where it was read just now.
    const shown = accept.length > 0 && text === '' ? takeShown(engine, whose) : undefined;
    const proposal = shown ?? (await engine.cards.enrich(deskOf(context), kept.card, text, signal));
    if (accept.length === 0) {
      rememberShown(engine, whose, proposal);
      await context.reply(proposalWords(context, name, proposal));
      return;
    }
    const taken = proposal.changes.filter(({ field }) => accept.includes(field));
    if (taken.length === 0) {
      throw new PlayerError(say('Nothing of that was found for {{name}}: the card is as it was.', { name }));
    }
    const saved = await engine.cards.save(deskOf(context), applyChanges(kept.card, taken), { id });
    await context.reply([
      say('Saved, and it holds from the next turn on: {{name}}.', {
        name: asShown(context, saved.character.name),
      }),
      ...taken.flatMap((change) => changeShown(context, change)),
    ]);
  },
};

/** @throws PlayerError naming the fields there are */
function fieldsIn(typed: string | undefined): readonly EnrichedField[] {
  if (typed === undefined) return [];
  if (typed.toLowerCase() === 'all') return ENRICHED_FIELDS;
  return typed.split(/[\s,]+/u).map((one) => {
    const field = fieldCalled(one);
    if (field) return field;
    throw new PlayerError(
      say('accept takes all, or some of {{fields}}.', { fields: ENRICHED_FIELDS.join(', ') }),
    );
  });
}

function proposalWords(context: CommandContext, name: string, { changes, dropped }: Proposal): Text {
  const left = dropped.length === 0 ? [] : [say('Left out:'), ...dropped.flat()];
  if (changes.length === 0) {
    return [
      say('Nothing was found that the card of {{name}} lacks and the words bear out.', { name }),
      ...left,
    ];
  }
  return [
    say('What the card of {{name}} lacks; nothing is changed yet.', { name }),
    ...changes.flatMap((change) => changeShown(context, change)),
    ...left,
    say('/character enrich {{name}} accept: all takes it in; so do the names of fields.', { name }),
  ];
}

function changeShown(context: CommandContext, change: Change): readonly Message[] {
  const { field, sources, why } = change;
  return [
    asTyped(''),
    why === ''
      ? fieldWords(field)
      : say('{{field}} (lacking: {{why}})', { field: fieldWords(field), why: asShown(context, why, 200) }),
    asTyped(asShown(context, changeWords(change), LONGEST_SHOWN)),
    ...sources.map((source) => say('From: “{{source}}”', { source: asShown(context, source, 400) })),
  ];
}
