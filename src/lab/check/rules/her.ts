import { readLabel } from '../../../format/labels.ts';
import type { Fault } from '../../../format/parsed-turn.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import type { CheckedRow } from '../checked-row.ts';
import { eachRow, isRolePlay, isSft, type Rule, told } from './rule.ts';
import { truthOf } from './truth-of.ts';

const PLAN_TAG = /<\s*\/?\s*system[_\s]*think(?:ing)?\s*>/iu;
const PLAN_TAGS = new RegExp(PLAN_TAG.source, 'giu');
const WHOLE_PLAN = /^<system_thinking>\s*\S[\s\S]*?<\/system_thinking>/u;
const THOUGHT_TAG = /<\s*\/?\s*role[_\s]*think(?:ing)?\s*>/iu;

/** What a turn may have and be legal: a label of its own, and a plan or none. */
const BORNE: ReadonlySet<Fault> = new Set([
  'own-name',
  'plan-missing',
  // They have rules of their own.
  'plan-repeated',
  'plan-late',
  'plan-unclosed',
  'plan-orphan-close',
]);

const LEARNT = 'it is learnt as it stands';

/** Turns of characters, as HER writes them (her-spec 1.1, 8.1; the one law). */
export const HER_RULES: readonly Rule[] = [
  eachRow(
    {
      id: 'her-plan',
      level: 'error',
      effect: `${LEARNT}: the character will play without a plan, or show it`,
    },
    (row) => {
      const target = row.messages?.at(-1)?.content ?? '';
      const tags = target.match(PLAN_TAGS)?.length ?? 0;
      if (tags === 0) return 'the answer has no system thinking';
      if (!WHOLE_PLAN.test(target)) return 'the answer does not begin with a whole block of system thinking';
      return tags === 2 ? undefined : 'the answer has more than one block of system thinking';
    },
    ({ kind }) => kind === 'sft',
  ),
  eachRow(
    { id: 'her-no-plan', level: 'error', effect: `${LEARNT}: plans come where the prompt asks for none` },
    ({ messages = [] }) =>
      messages.some(({ content }) => PLAN_TAG.test(content)) ? 'there is system thinking in it' : undefined,
    ({ kind }) => kind === 'sft-plain',
  ),
  eachRow(
    {
      id: 'her-past-plan',
      level: 'error',
      effect:
        'plans of past turns are in the history, which no history may hold: the model learns to read them',
    },
    ({ messages = [], answers }) => {
      const past = messages.slice(0, messages.length - answers);
      const at = past.findIndex(({ role, content }) => role !== 'system' && PLAN_TAG.test(content));
      return at < 0 ? undefined : `message ${at + 1} (${past[at]?.role}) holds system thinking`;
    },
    isRolePlay,
  ),
  eachRow(
    {
      id: 'her-thought-of-others',
      level: 'error',
      effect: 'the character learns to know what others think',
    },
    ({ messages = [] }) => {
      const at = messages.findIndex(({ role, content }) => role === 'user' && THOUGHT_TAG.test(content));
      return at < 0 ? undefined : `message ${at + 1} (user) holds role thinking`;
    },
    isRolePlay,
  ),
  eachRow(
    { id: 'her-turn', level: 'error', effect: `${LEARNT}: in play such a turn is thrown away` },
    (row) => {
      const target = row.messages?.at(-1);
      return target?.role === 'assistant' ? notLegal(target.content, row) : undefined;
    },
    (file) => isRolePlay(file) && isSft(file),
  ),
  eachRow(
    { id: 'her-reference', level: 'error', effect: 'what is rewarded is held against a turn that is none' },
    (row) => {
      const truth = truthOf(row);
      if (truth === undefined || row.engine === 'openrlhf') return undefined;
      return PLAN_TAG.test(truth) ? 'the reference has system thinking' : notLegal(truth, row);
    },
    ({ kind }) => kind === 'rp-rl',
  ),
];

/** Why a text is no turn of the character that a row is about; undefined where it is one. */
function notLegal(text: string, row: CheckedRow): string | undefined {
  const { name, others } = castOf(row);
  const { usable, faults } = parseTurn(text, {
    ...(name === undefined ? {} : { speaker: { name } }),
    others,
  });
  const bad = faults.filter((fault) => !BORNE.has(fault));
  if (usable && bad.length === 0) return undefined;
  const whose = name === undefined ? '' : ` of ${told(name, 40)}`;
  return `it is no legal turn${whose}: ${bad.join(', ') || 'it cannot be used'}`;
}

/** Who is played, by the first line of the system message, and who speaks in what the user says. */
export function castOf({ messages = [] }: Pick<CheckedRow, 'messages'>): {
  readonly name?: string;
  readonly others: readonly string[];
} {
  const system = messages[0]?.role === 'system' ? messages[0].content : '';
  const line = /^You are (.{1,100}?)\.?$/mu.exec(system)?.[1];
  // HER writes `You are NAME from BOOK.`; a name may have a from in it, too.
  const target = messages.at(-1)?.content ?? '';
  const name = line === undefined || target.includes(`${line}: `) ? line : line.replace(/ from .*$/u, '');
  const others = new Set<string>();
  for (const { role, content } of messages) {
    if (role !== 'user') continue;
    for (const part of content.split('\n\n')) {
      const label = readLabel(part, 0)?.name;
      if (label !== undefined && label !== name && label !== '') others.add(label);
    }
  }
  return { ...(name === undefined ? {} : { name }), others: [...others] };
}
