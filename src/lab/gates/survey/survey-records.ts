import { createRandom, type Random } from '../../../judge/stats/random.ts';
import { selfBleu } from '../../patterns/self-bleu.ts';
import { isFirstPerson } from '../../synth/checks/voice.ts';
import { type Conversation, SHEET_FIELDS, type Turn } from '../../synth/record/conversation.ts';
import { isWorld, speakersOf } from '../../synth/record/views.ts';
import type { ReadRecord } from '../../synth/run/records.ts';
import { createChecks, type TurnFaults } from './checks.ts';
import { createLayers } from './layers.ts';
import { nearDuplicates } from './near-duplicates.ts';
import { createOpenings } from './openings.ts';
import { createReservoir } from './reservoir.ts';
import { scriptOf } from './scripts.ts';
import type { Alike, Sampled, Survey } from './survey.ts';
import { createTally } from './tally.ts';
import { tokensIn } from './tokens.ts';

/** Texts of a sample for near-duplicates, and of those so many for Self-BLEU. */
export const SAMPLED = { duplicates: 500, selfBleu: 200 };
const BOOKS_TOLD_APART = 20_000;
const FIRST_UNREAD = 5;
/** Characters of a sampled text that are kept, and shown. */
const LONGEST = { kept: 4000, shown: 400 };

export type SurveyOptions = {
  readonly faultsOf: TurnFaults;
  /** Of all samples. */
  readonly seed: number;
  /** Told of each conversation, after it was counted. */
  readonly onRecord?: (record: Conversation) => void;
};

/**
 * Looks at every conversation of a data set once, in memory that does not grow with it.
 * @throws whatever reading throws
 */
export async function surveyRecords(
  records: AsyncIterable<ReadRecord>,
  { faultsOf, seed, onRecord }: SurveyOptions,
): Promise<Survey> {
  const survey = createSurvey(faultsOf, createRandom(seed));
  for await (const { line, record, fault } of records) {
    if (record === undefined) {
      survey.unread(line, fault);
      continue;
    }
    survey.add(record);
    onRecord?.(record);
  }
  return survey.figures();
}

function createSurvey(faultsOf: TurnFaults, random: Random) {
  const sources = createTally();
  const books = createTally(BOOKS_TOLD_APART);
  const planTypes = createTally();
  const completed = createTally();
  const scripts = { turns: createTally(), plans: createTally() };
  const openings = { plans: createOpenings(), thoughts: createOpenings() };
  const samples = {
    plans: createReservoir<string>(SAMPLED.duplicates, random),
    turns: createReservoir<string>(SAMPLED.duplicates, random),
  };
  const layers = createLayers();
  const checks = createChecks(faultsOf, random);
  const n = { sheets: 0, turns: 0, own: 0, planless: 0, drafts: 0, changed: 0, additions: 0, tokens: 0 };
  const plans = { n: 0, tokens: 0, firstPerson: 0 };
  const apart = { n: 0, count: 0 };
  const lost: { line: number; fault: string }[] = [];
  let unread = 0;

  function addSetting(record: Conversation): void {
    const parts = [
      ...(record.completed?.scenario ? [{ name: 'scenario', part: record.completed.scenario }] : []),
      ...record.characters.flatMap(({ completed: own }) =>
        SHEET_FIELDS.flatMap((name) => (own?.[name] ? [{ name, part: own[name] }] : [])),
      ),
    ];
    for (const { name, part } of parts) {
      completed.add(name);
      n.additions += part.added.length;
    }
  }

  function addPlan(plan: string, { planType, speaker }: Turn, script: string): void {
    plans.n += 1;
    planTypes.add(planType ?? 'unsaid');
    const tokens = tokensIn(plan);
    plans.tokens += tokens;
    n.tokens += tokens;
    if (isFirstPerson(plan)) plans.firstPerson += 1;
    layers.lengths.plan.add(plan.length);
    openings.plans.add(plan, speaker);
    samples.plans.add(() => plan.slice(0, LONGEST.kept));
    const own = scriptOf(plan);
    scripts.plans.add(own);
    if (own === 'none' || script === 'none') return;
    apart.n += 1;
    if (own !== script) apart.count += 1;
  }

  function addTurn(turn: Turn, record: Conversation, speakers: readonly string[]): string | undefined {
    n.turns += 1;
    n.tokens += tokensIn(turn.text);
    checks.add(turn, record);
    if (turn.original !== undefined) n.changed += 1;
    const { segments, pattern } = layers.add(turn, speakers);
    const script = scriptOf(segments.map(({ text }) => text).join(' '));
    if (turn.plan !== undefined) addPlan(turn.plan, turn, script);
    if (isWorld(turn)) return undefined;
    n.own += 1;
    if (turn.plan === undefined) n.planless += 1;
    if (turn.draft !== undefined) n.drafts += 1;
    scripts.turns.add(script);
    samples.turns.add(() => turn.text.slice(0, LONGEST.kept));
    for (const { kind, text } of segments) if (kind === 'thought') openings.thoughts.add(text, turn.speaker);
    return pattern;
  }

  return {
    unread(line: number, fault: string): void {
      unread += 1;
      if (lost.length < FIRST_UNREAD) lost.push({ line, fault });
    },
    add(record: Conversation): void {
      sources.add(record.source);
      books.add(record.key.book);
      n.sheets += record.characters.length;
      addSetting(record);
      const speakers = speakersOf(record);
      const patterns = record.turns.flatMap((turn) => addTurn(turn, record, speakers) ?? []);
      layers.endConversation(new Set(patterns).size);
    },
    figures(): Survey {
      const texts = { plans: samples.plans.items(), turns: samples.turns.items() };
      const { lengths, parser, patterns } = layers.figures();
      return {
        counts: {
          conversations: sources.n,
          books: { n: books.distinct, more: books.other > 0 },
          sources: sources.rows(),
          sheets: n.sheets,
          turns: n.turns,
          characterTurns: n.own,
          plans: plans.n,
          planless: n.planless,
          planTypes: planTypes.rows(),
          drafts: n.drafts,
          changed: n.changed,
          completed: completed.rows(),
          additions: n.additions,
          tokens: Math.round(n.tokens),
        },
        unread: { n: unread, first: lost },
        parser,
        checks: checks.figures(),
        firstPersonPlans: plans.firstPerson,
        lengths,
        planTokens: plans.n === 0 ? null : plans.tokens / plans.n,
        patterns,
        selfBleu: { plans: likenessOf(texts.plans), turns: likenessOf(texts.turns) },
        openings: { plans: openings.plans.figures(), thoughts: openings.thoughts.figures() },
        scripts: { turns: scripts.turns.rows(), plans: scripts.plans.rows(), apart },
        duplicates: { plans: alikeOf(texts.plans), turns: alikeOf(texts.turns) },
      };
    },
  };
}

function likenessOf(texts: readonly string[]): Sampled {
  const n = Math.min(SAMPLED.selfBleu, texts.length);
  const some = Array.from({ length: n }, (_, at) => texts[Math.floor((at * texts.length) / n)] ?? '');
  return { n, value: selfBleu(some) ?? null };
}

function alikeOf(texts: readonly string[]): Alike {
  const found = nearDuplicates(texts);
  const shown = (at: number) => (texts[at] ?? '').slice(0, LONGEST.shown).toWellFormed();
  return {
    ...found,
    pairs: found.pairs.map(({ first, second, jaccard }) => ({
      ...{ first: shown(first), second: shown(second), jaccard },
    })),
  };
}
