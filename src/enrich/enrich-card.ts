import type { CardData } from '../cast/cards/card-data.ts';
import { exampleTurns } from '../cast/cards/example-turns.ts';
import { fieldWords } from '../cast/changes/field-words.ts';
import {
  type Change,
  ENRICHED_FIELDS,
  type EnrichedField,
  type Proposal,
  type ProseField,
} from '../cast/changes/proposal.ts';
import { withoutInvisible } from '../format/fold.ts';
import { type ChatModel, ModelError } from '../model/chat-model.ts';
import { soundsLikeRefusal } from '../safety/refusal.ts';
import { type Message, say, type Text } from '../words/text.ts';
import { checkExample } from './check-example.ts';
import { checkProse, sourcesOf, textBefore } from './check-prose.ts';
import { FAULTS, type Fault } from './faults.ts';
import { HIDDEN_FIELDS, type Known, knownOf, withHidden } from './known-of.ts';
import { materialOf } from './material.ts';
import { type Finding, LONGEST_ANSWER, readFindings } from './read-findings.ts';
import { enrichRequest } from './request.ts';
import type { Fitting } from './what-fits.ts';

export type Enriching = {
  readonly card: CardData;
  /** What else is known of the person: a story, notes; may be empty. */
  readonly text: string;
  readonly signal: AbortSignal;
  /** All of them where left out. */
  readonly fields?: readonly EnrichedField[];
  /** Asked before each request; what it says ends the work with what was found so far. */
  readonly stop?: () => Promise<Text | undefined>;
};

// Whoever thinks longer does not come to an end by itself. Characters.
const LONGEST_THOUGHT = 120_000;
const LONGEST_WHY = 160;
const MOST_SOURCES = 6;

/**
 * HER's setting completion (her-spec 6.4), for one card: a model is asked, field by field, what the card's
 * lines and the text show of the person that its sheet lacks. What it answers is taken only where a
 * quotation bears it out and every check passes; what stood in the card stays as it was. The public
 * sheet comes after what is private, and is asked for without any of it.
 *
 * @throws ModelError where the model did not answer even once; the signal's reason when aborted
 */
export async function enrichCard(model: ChatModel, options: Enriching): Promise<Proposal> {
  const { card, text, signal, fields = ENRICHED_FIELDS, stop } = options;
  const material = materialOf(card, text);
  let known = knownOf(material);
  const changes: Change[] = [];
  const dropped: Text[] = [];
  let cut: Fitting = { passages: [], ofCard: 1, ofText: 1 };
  let answered = false;

  for (const field of ENRICHED_FIELDS.filter((one) => fields.includes(one))) {
    const stopped = await stop?.();
    if (stopped) {
      dropped.push(stopped);
      break;
    }
    try {
      const asked = await askFor(model, field, known, signal);
      answered = true;
      changes.push(...asked.changes);
      dropped.push(...faultLines(field, asked.faults));
      const { ofCard, ofText } = asked.fitting;
      cut = { ...cut, ofCard: Math.min(cut.ofCard, ofCard), ofText: Math.min(cut.ofText, ofText) };
      for (const change of asked.changes) known = aware(known, change);
    } catch (error) {
      if (!(error instanceof ModelError) || !answered) throw error;
      dropped.push(say('The model stopped answering: the rest was left out.'));
      break;
    }
  }
  if (cut.ofCard < 1) {
    dropped.push(
      say('The card is longer than the model can read: {{share}} % of it was read.', {
        share: percent(cut.ofCard),
      }),
    );
  }
  if (cut.ofText < 1) {
    dropped.push(
      say('The text is longer than the model can read: {{share}} % of it was read.', {
        share: percent(cut.ofText),
      }),
    );
  }
  return { card, changes, dropped };
}

type Asked = {
  readonly changes: readonly Change[];
  readonly faults: readonly Fault[];
  readonly fitting: Fitting;
};

/** One field: asked once, and once more where nothing of the answer could be used. */
async function askFor(
  model: ChatModel,
  field: EnrichedField,
  known: Known,
  signal: AbortSignal,
): Promise<Asked> {
  const before = field === 'examples' ? '' : textBefore(known, field);
  let faults: readonly Fault[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const { request, fitting } = enrichRequest({ model, field, before, material: known.material, faults });
    const answer = await answerOf(model, request, signal);
    const findings = readFindings(answer);
    const read = findings
      ? field === 'examples'
        ? examplesOf(findings, known)
        : proseOf(field, findings, known)
      : { changes: [], faults: [soundsLikeRefusal(answer) ? 'refused' : 'unreadable'] as const };
    if (read.changes.length > 0 || read.faults.length === 0 || attempt === 2) return { ...read, fitting };
    faults = [...new Set(read.faults)];
  }
}

async function answerOf(model: ChatModel, request: Parameters<ChatModel['stream']>[0], signal: AbortSignal) {
  let answer = '';
  let thought = 0;
  for await (const delta of model.stream(request, signal)) {
    if (delta.type === 'text') answer += delta.text;
    else if (delta.type === 'reasoning') thought += delta.text.length;
    if (answer.length > LONGEST_ANSWER || thought > LONGEST_THOUGHT) break;
  }
  return answer;
}

function proseOf(field: ProseField, findings: readonly Finding[], known: Known) {
  const before = textBefore(known, field);
  const faults: Fault[] = [];
  const sources: string[] = [];
  const whys: string[] = [];
  let after = before;
  for (const finding of findings) {
    const checked = checkProse(field, after, finding, known);
    if ('fault' in checked) {
      faults.push(checked.fault);
      continue;
    }
    after = appended(after, checked.text);
    sources.push(...(checked.sources ?? []).map((source) => source.text));
    whys.push(whyOf(finding));
  }
  if (after === before) return { changes: [], faults };
  const change = { field, before, after, sources: few(sources), why: oneLine(whys) };
  return { changes: [change], faults };
}

function examplesOf(findings: readonly Finding[], known: Known) {
  const faults: Fault[] = [];
  const changes: Change[] = [];
  const { character, card } = known.material;
  const there = [
    ...exampleTurns(card).map(({ turn }) => turn),
    character.greeting,
    ...character.alternateGreetings,
    ...character.declines,
  ];
  for (const finding of findings) {
    const sources = sourcesOf(finding, known);
    const checked = checkExample(finding, [...there, ...changes.map(({ after }) => after)], known);
    if ('fault' in checked) faults.push(checked.fault);
    else if (!sources) faults.push('no-source');
    else {
      const { turn, to } = checked;
      const texts = few(sources.map((source) => source.text));
      changes.push({
        field: 'examples',
        before: '',
        after: turn,
        to,
        sources: texts,
        why: oneLine([whyOf(finding)]),
      });
    }
  }
  return { changes, faults };
}

/** What was found of the private parts is private, too, when the public sheet is written. */
function aware(known: Known, change: Change): Known {
  if (change.field === 'examples' || !HIDDEN_FIELDS.has(change.field)) return known;
  return withHidden(known, change.after.slice(change.before.length));
}

/** Each addition is a line of its own, below what stood there. */
function appended(before: string, text: string): string {
  if (before.trim() === '') return `${before}${text}`;
  return before.endsWith('\n') ? `${before}${text}` : `${before}\n${text}`;
}

function whyOf({ lacking }: Finding): string {
  return withoutInvisible(lacking)
    .replace(/[<>`\s]+/gu, ' ')
    .trim();
}

function oneLine(whys: readonly string[]): string {
  const line = [...new Set(whys.filter(Boolean))].join('; ');
  return line.length > LONGEST_WHY ? `${line.slice(0, LONGEST_WHY - 1)}…`.toWellFormed() : line;
}

function few(sources: readonly string[]): readonly string[] {
  return [...new Set(sources)].slice(0, MOST_SOURCES);
}

function percent(share: number): number {
  return Math.max(1, Math.min(99, Math.round(share * 100)));
}

/** One line a fault, however often it was met. */
function faultLines(field: EnrichedField, faults: readonly Fault[]): readonly Message[] {
  return [...new Set(faults)].map((fault) => {
    const times = faults.filter((one) => one === fault).length;
    const said = { field: fieldWords(field), why: FAULTS[fault] };
    return times === 1
      ? say('{{field}}: {{why}}', said)
      : say('{{field}}: {{why}} ({{times}} times)', { ...said, times });
  });
}
