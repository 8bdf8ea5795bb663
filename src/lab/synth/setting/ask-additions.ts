import { sharesRun, wordsOf } from '../checks/words.ts';
import type { Conversation } from '../record/conversation.ts';
import { characterOf, fieldOf, scenarioOf } from '../record/setting-of.ts';
import type { Reject, StepTools } from '../step.ts';
import { type AdditionContext, additionContext } from './addition-context.ts';
import { type AddedField, checkAddition } from './check-addition.ts';
import type { Source } from './passage.ts';
import { type ReadAddition, readAdditions } from './read-additions.ts';
import { type AskedAgain, settingRequest } from './setting-prompt.ts';

/** How a teacher is asked (her-spec 6.4). */
export const SAMPLING = { maxTokens: 4096, temperature: 0.7 };
/** So many are added to one part at most. */
export const MOST_ADDITIONS = 4;

export type Added = { readonly field: AddedField; readonly text: string; readonly quote: string };
/** What came of asking about one character, or about the scenario (`name` undefined). */
export type Done = {
  readonly name: string | undefined;
  readonly added: readonly Added[];
  readonly rejects: readonly Reject[];
  readonly counts: { readonly again: number; readonly restated: number };
};

/**
 * Asks what the setting of one character lacks; what cannot be used is told, and asked for once more, and then
 * named in the rejects.
 */
export async function askAdditions(
  record: Conversation,
  name: string | undefined,
  source: Source,
  passage: string,
  tools: StepTools,
): Promise<Done> {
  const context = additionContext(record, name, source);
  const ask = async (again: readonly AskedAgain[], take: number) => {
    const told = again.map((one) => withoutSecrets(one, context));
    const request = settingRequest(record, name, passage, told, SAMPLING);
    const { text } = await tools.ask('teacher', request, { take });
    return readAdditions(text, name === undefined);
  };
  let added: readonly Added[] = [];
  const first = await ask([], 1);
  const taken = take(record, first ?? [], added, context);
  added = taken.added;
  let { bad, restated } = taken;
  // More than enough is no fault of the words: there is nothing to mend.
  const again = bad.filter(({ fault }) => fault !== 'too-many');
  const isUnread = first === undefined;
  let isLost = false;
  if (isUnread || again.length > 0) {
    const second = await ask(again, isUnread ? 2 : 1);
    isLost = second === undefined;
    if (second !== undefined) {
      const more = take(record, second, added, context);
      added = more.added;
      restated += more.restated;
      bad = [...bad.filter(({ fault }) => fault === 'too-many'), ...more.bad];
    }
  }
  const about = name === undefined ? {} : { character: name };
  return {
    name,
    added,
    rejects: [
      ...bad.map(({ add, fault }) => ({ why: `setting-${fault}`, detail: oneLine(add), ...about })),
      ...(isLost ? [{ why: 'setting-no-answer', ...about }] : []),
    ],
    counts: { again: again.length + (isUnread ? 1 : 0), restated },
  };
}

/** What is asked for again is quoted to whoever wrote it, but for words that this prompt may not hold (the one law). */
function withoutSecrets({ add, fault }: AskedAgain, { hidden }: AdditionContext): AskedAgain {
  const isSecret =
    fault === 'knows-too-much' || fault === 'gives-away' || sharesRun(wordsOf(add), hidden.fromThis);
  return { add: isSecret ? '…' : add, fault };
}

function oneLine(text: string): string {
  return text.slice(0, 300).toWellFormed().replace(/\s+/gu, ' ').trim();
}

type Taken = {
  readonly added: readonly Added[];
  readonly bad: readonly AskedAgain[];
  readonly restated: number;
};

function take(
  record: Conversation,
  additions: readonly ReadAddition[],
  before: readonly Added[],
  context: AdditionContext,
): Taken {
  const added = [...before];
  const bad: AskedAgain[] = [];
  let restated = 0;
  for (const addition of additions) {
    if ('incomplete' in addition) {
      bad.push({ add: addition.incomplete, fault: 'incomplete' });
      continue;
    }
    const same = added.filter(({ field }) => field === addition.field).map(({ text }) => text);
    const whole = [textBefore(record, context.name, addition.field), ...same].join('\n');
    const checked = checkAddition(addition, whole, context);
    if ('text' in checked && same.length < MOST_ADDITIONS) added.push({ field: addition.field, ...checked });
    else if ('text' in checked) bad.push({ add: addition.add, fault: 'too-many' });
    // What is there already is no loss.
    else if (checked.fault === 'restates') restated += 1;
    else bad.push({ add: addition.add, fault: checked.fault });
  }
  return { added, bad, restated };
}

function textBefore(record: Conversation, name: string | undefined, field: AddedField): string {
  if (field === 'scenario') return scenarioOf(record);
  const sheet = name === undefined ? undefined : characterOf(record, name);
  return sheet ? fieldOf(sheet, field) : '';
}
