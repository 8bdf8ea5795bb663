import type { CardData } from '../../../src/cast/cards/card-data.ts';
import type { EnrichedField, Proposal } from '../../../src/cast/changes/proposal.ts';
import { enrichCard } from '../../../src/enrich/enrich-card.ts';
import { type Known, knownOf } from '../../../src/enrich/known-of.ts';
import { materialOf } from '../../../src/enrich/material.ts';
import type { ChatModel, ChatRequest } from '../../../src/model/chat-model.ts';
import { render } from '../../../src/words/render.ts';
import { answeringModel } from '../../support/answering-model.ts';
import { smallCard } from '../../support/small-card.ts';

/** A thin card, and a text that knows more. */
export function ferryCard(own: Readonly<Record<string, unknown>> = {}): CardData {
  return smallCard('Oda Rennick', {
    description: 'Oda Rennick keeps the ferry at Low Sallow.',
    first_mes:
      "*coils the wet rope without looking down* You'll want the far bank before dark. Two coppers, and you keep your hands inside the boat.",
    mes_example: [
      '<START>',
      '{{user}}: Have you always worked the ferry?',
      '{{char}}: *shrugs* Since I was nine. Before that I cut reeds with my brother Pell.',
      '<START>',
      '{{user}}: Who is the boy on the painting?',
      '{{char}}: *turns the little portrait to the wall* Nobody you would know. Mind the step.',
    ].join('\n'),
    ...own,
  });
}

export const FERRY_TEXT = [
  'The ferry at Low Sallow had belonged to the Rennicks for three generations. Oda was a broad woman of forty with a scar across her left palm, where the chain had caught her the winter her father drowned.',
  'She spoke as she rowed, in short pulls, and called everyone “you” until they had paid.',
  'What nobody in the village knew was that her brother Pell had deserted from the garrison. Oda had carried him over the river, in the fog, with the lantern out. Corporal Haddow still drank at her table. She let him win at dice, so that he would go on asking nothing.',
  'On market days she sold reed baskets next to the mill. People said that she was hard but honest.',
].join('\n\n');

export function ferryKnown(card = ferryCard(), text = FERRY_TEXT): Known {
  return knownOf(materialOf(card, text));
}

type Answers = { readonly [Field in EnrichedField]?: string | readonly string[] };

/** A model that answers each field with what is given for it, in turn; with an empty list where nothing is. */
export function answers(given: Answers): ChatModel & { readonly asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  const turns = new Map<string, number>();
  return {
    ...answeringModel(),
    asked,
    async *stream(request, signal) {
      signal.throwIfAborted();
      asked.push(request);
      const field = fieldAsked(request);
      const turn = turns.get(field) ?? 0;
      turns.set(field, turn + 1);
      const all = given[field] ?? '{"found": []}';
      const text = typeof all === 'string' ? all : (all[Math.min(turn, all.length - 1)] ?? '');
      // In pieces, as they come.
      for (let at = 0; at < text.length; at += 500) yield { type: 'text', text: text.slice(at, at + 500) };
      yield { type: 'end', reason: 'stop', usage: USAGE };
    },
  };
}

const USAGE = {
  model: 'answers',
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  msToFirst: 0,
  msToLast: 0,
};

export function fieldAsked(request: ChatRequest): EnrichedField {
  return (request.jsonSchema?.name ?? '').replace('found_', '') as EnrichedField;
}

export function found(...findings: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({ found: findings });
}

export async function proposalFrom(
  given: Answers,
  {
    card = ferryCard(),
    text = FERRY_TEXT,
    fields,
  }: { card?: CardData; text?: string; fields?: readonly EnrichedField[] } = {},
): Promise<Proposal & { readonly asked: readonly ChatRequest[]; readonly lines: readonly string[] }> {
  const model = answers(given);
  const { signal } = new AbortController();
  const proposal = await enrichCard(model, {
    card,
    text,
    signal,
    fields: fields ?? (Object.keys(given) as EnrichedField[]),
  });
  return { ...proposal, asked: model.asked, lines: proposal.dropped.map((line) => render(line)) };
}
