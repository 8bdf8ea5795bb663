import type { AskedOrder } from './asked-order.ts';
import { drawNonce, fenced } from './fence.ts';
import { fitContext } from './fit-context.ts';
import type { Comparing } from './judging.ts';
import { AGAIN, ANSWER_SCHEMA, ASK, LABELS, principleLists, RULES } from './plain-words.ts';
import { showCandidates, sidesFrom } from './shown-candidates.ts';
import type { JudgeContext, Missing, Side } from './verdict.ts';

const LONGEST_ANSWER_TOKENS = 4096;

/**
 * What any chat model is asked for one order. What is the same for all comparisons of a scene stands
 * first, then what is the same for all candidates of a turn, then the candidates.
 */
export function askPlain(comparing: Comparing, shownFirst: Side, again?: Missing): AskedOrder {
  const { model, principles, secret } = comparing;
  const maxTokens = Math.min(model.maxTokens, LONGEST_ANSWER_TOKENS, Math.floor(model.contextSize / 3));
  const shown = showCandidates(comparing, maxTokens, [RULES, ASK]);
  const { negative, positive, context } = fitContext(principles, comparing.context, shown.room);

  const parts = contextParts(context);
  // The play has a fence of its own: other candidates for the same turn leave it as it is.
  const playNonce = drawNonce(
    secret,
    parts.map(({ text }) => text),
  );
  const { nonce, labels } = drawLabels(secret, playNonce, shown.texts, shownFirst);
  const candidates = sidesFrom(shownFirst).map((side) => ({
    title: `candidate ${labels[side]}`,
    text: shown.texts[side],
  }));
  const asking = [
    fenced(playNonce, parts),
    `The candidates for the speaker’s next turn:${shown.note}`,
    fenced(nonce, candidates),
    again === undefined ? ASK : `${ASK} ${AGAIN[again]}`,
  ];
  return {
    shownFirst,
    layout: 'plain',
    labels,
    principles: [...negative, ...positive],
    request: {
      messages: [
        { role: 'system', content: [RULES, principleLists(negative, positive)].filter(Boolean).join('\n\n') },
        { role: 'user', content: asking.join('\n\n') },
      ],
      maxTokens,
      temperature: again === undefined ? 0 : 0.7,
      seed: Number.parseInt(nonce.slice(0, 7), 16),
      jsonSchema: { name: 'verdict', schema: ANSWER_SCHEMA },
    },
  };
}

/**
 * The fence of a pair and the name at each place of it, whichever candidate the caller names first. A name
 * stays with its place in both orders, and which one comes first differs from pair to pair: a judge that
 * prefers a name contradicts itself when the order is turned, and can be told from one that prefers a place.
 */
function drawLabels(
  secret: string,
  playNonce: string,
  texts: Readonly<Record<Side, string>>,
  shownFirst: Side,
) {
  const [low, high] = sidesFrom(texts.first < texts.second ? 'first' : 'second');
  const nonce = drawNonce(secret, [playNonce, texts[low], texts[high]]);
  const [one, other] = Number.parseInt(nonce.slice(-1), 16) % 2 === 0 ? LABELS : LABELS.toReversed();
  const isFirst = shownFirst === 'first';
  const labels = {
    first: (isFirst ? one : other) ?? LABELS[0],
    second: (isFirst ? other : one) ?? LABELS[1],
  };
  return { nonce, labels };
}

function contextParts({ speaker, sheet, setting, others, note, lines }: JudgeContext) {
  return [
    { title: 'the speaker', text: [speaker, sheet].filter(Boolean).join('\n\n') },
    { title: 'the scene', text: setting },
    {
      title: 'who else is there',
      text: others.map((one) => `${one.name}: ${one.sheet}`).join('\n'),
    },
    { title: 'what came before, in brief', text: note },
    {
      title: 'the play so far, as the speaker perceived it',
      text: lines.join('\n\n') || '(Nothing has happened yet.)',
    },
  ].filter(({ text }) => text !== '');
}
