import type { Fault } from '../../format/parsed-turn.ts';
import type { Segment } from '../../format/segments.ts';
import { parseTurn } from '../../format/turn-parser.ts';
import { thoughtsSaid } from '../coser/thoughts-said.ts';
import type { Illegal } from './score.ts';

/** Whether a turn has to have a plan, may have one, or must not (the paper’s ablation asks for none). */
export type PlanRule = 'required' | 'optional' | 'off';

export type Gated =
  | { readonly legal: true; readonly segments: readonly Segment[] }
  | { readonly legal: false; readonly why: Illegal };

/** Text of a hidden layer would be seen, or was only just kept from it by guessing. */
const LEAKS: readonly Fault[] = [
  'plan-unclosed',
  'plan-orphan-close',
  'plan-untagged',
  'plan-late',
  'thought-unclosed',
  'thought-orphan-close',
];

/** Not HER’s format: whoever reads it strictly sees signs where the parser saw a layer. */
const BROKEN: readonly Fault[] = [
  'tag-mismatched',
  'tag-nested',
  'tag-cut-off',
  'tag-unknown',
  'action-unclosed',
  'legacy-brackets',
  'bracket-thought',
  'json-reply',
  'heading-reply',
  'noise',
];

/**
 * Whether a rollout is a legal turn of its speaker (her-spec 1.1, 7.7): as many plans as are asked for,
 * nothing hidden in what is seen, nobody else’s line, something to see, not too long, HER’s format. A tag
 * spelled a little differently, the speaker’s own name and special tokens at the end are forgiven.
 *
 * @param longest more characters are too many, plan and all
 */
export function gateTurn(
  text: string,
  who: { readonly speaker: string; readonly others: readonly string[] },
  plan: PlanRule,
  longest: number,
): Gated {
  if (text.length > longest) return { legal: false, why: 'too-long' };
  const turn = parseTurn(text, { speaker: { name: who.speaker }, others: who.others, maxChars: longest });
  const has = (fault: Fault) => turn.faults.includes(fault);
  const why = ((): Illegal | undefined => {
    if (turn.faults.length === 0 || (turn.faults.length === 1 && has('own-name'))) return undefined;
    if (text.trim() === '') return 'empty';
    if (has('plan-repeated')) return 'two-plans';
    if (LEAKS.some(has)) return 'leak';
    if (has('other-speaker')) return 'other-speaker';
    if (BROKEN.some(has)) return 'broken-format';
    if (has('nothing-visible')) return 'empty';
    if (has('plan-missing') && plan === 'required') return 'no-plan';
    return turn.usable ? undefined : 'broken-format';
  })();
  if (why) return { legal: false, why };
  if (plan === 'off' && turn.systemThinking !== '') return { legal: false, why: 'plan-not-asked-for' };
  // A mind is not to be read aloud: a thought that stands word for word in what is said.
  if (thoughtsSaid({ turns: [{ name: who.speaker, named: false, segments: turn.segments }] }) > 0) {
    return { legal: false, why: 'leak' };
  }
  return { legal: true, segments: turn.segments };
}
