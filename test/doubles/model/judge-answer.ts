import type { RecordedRequest } from './recorded-request.ts';

/** A candidate as a judge was shown it. */
export type ShownCandidate = {
  /** What the request calls it. */
  readonly label: string;
  readonly text: string;
};

/** How the double decides between two; a function gets them in the order in which they are shown. */
export type JudgeRule =
  | 'first-shown'
  | 'second-shown'
  | 'longer'
  | 'tie'
  | ((first: ShownCandidate, second: ShownCandidate) => 'first' | 'second' | 'tie');

type Pair = readonly [first: ShownCandidate, second: ShownCandidate];

/** The two that a request puts before a judge, in the order in which it shows them; undefined where it is no judge's. */
export function candidatesIn({ body, promptText }: RecordedRequest): Pair | undefined {
  if (body.response_format?.json_schema?.name !== 'verdict' && !isHerRm(body.model)) return undefined;
  const [, nonce] = /^\[([0-9a-f]{16})\] (?:candidate |cand_1$)/m.exec(promptText) ?? [];
  if (nonce === undefined) return undefined;
  const parts = promptText.split(new RegExp(`^\\[${nonce}\\] `, 'm')).map(candidateOf);
  const [first, second] = parts.filter((part) => part !== undefined);
  return first && second ? [first, second] : undefined;
}

function candidateOf(part: string): ShownCandidate | undefined {
  const [title = '', ...lines] = part.split('\n');
  const label = /^(?:candidate (\S+)|(cand_[12]))$/.exec(title);
  return label ? { label: label[1] ?? label[2] ?? '', text: lines.join('\n').trim() } : undefined;
}

/**
 * A verdict in the form that was asked for (HER-RM's own where that model is asked), with a canary
 * wherever a judge uses words of its own.
 */
export function judgeAnswer(request: RecordedRequest, pair: Pair, rule: JudgeRule, canary: string): string {
  const better = decide(rule, ...pair);
  const praise = `${canary} gives the other something to answer.`;
  const blame = `${canary} closes the talk.`;
  const arguing: Arguing = {
    pair,
    performances: [better === 'second' ? blame : praise, better === 'first' ? blame : praise],
    winner: better === 'tie' ? 'tie' : pair[better === 'first' ? 0 : 1].label,
    reason: `${canary} what is left open decides.`,
  };
  return isHerRm(request.body.model) ? inHerRmsForm(arguing) : inPlainForm(arguing, request);
}

type Arguing = {
  readonly pair: Pair;
  readonly performances: readonly [string, string];
  readonly winner: string;
  readonly reason: string;
};

function inPlainForm(
  { pair, performances, winner, reason }: Arguing,
  { promptText }: RecordedRequest,
): string {
  const listed = [...promptText.matchAll(/^- ([\p{L}\p{N}-]+): /gmu)].map(([, id]) => id);
  const comparison = {
    principle: listed.at(-1) ?? 'leaves room',
    [pair[0].label]: performances[0],
    [pair[1].label]: performances[1],
    better: winner,
    degree: 'clear',
  };
  return JSON.stringify({ violations: [], comparisons: [comparison], reason, better: winner });
}

/** As the released reward model writes: thoughts first, then a block that copies both candidates. */
function inHerRmsForm({ pair, performances, winner, reason }: Arguing): string {
  const principle = { principle_name: 'Leaves Room', principle_level: 'sentence' };
  const [cand_1, cand_2] = pair.map(({ text }) => text.replaceAll('"', "'"));
  const result = {
    cand_1,
    cand_2,
    principle: {
      'Principle 1': { ...principle, dimension_name: 'Dialogue & Interaction', main_content: reason },
    },
    analysis: {
      principle_comparisons: [
        {
          ...principle,
          cand_1_performance: performances[0],
          cand_2_performance: performances[1],
          comparison_reason: reason,
          winner,
        },
      ],
      overall_analysis: reason,
      principle_summary: reason,
    },
    better_response: winner,
  };
  return `${reason}\n\`\`\`json\n${JSON.stringify({ result: [result] })}\n\`\`\``;
}

function isHerRm(model: string | undefined): boolean {
  return /her-rm/i.test(model ?? '');
}

function decide(rule: JudgeRule, first: ShownCandidate, second: ShownCandidate): 'first' | 'second' | 'tie' {
  if (typeof rule === 'function') return rule(first, second);
  switch (rule) {
    case 'first-shown':
      return 'first';
    case 'second-shown':
      return 'second';
    case 'tie':
      return 'tie';
    case 'longer':
      // Of two of one length the same wins, whichever is shown first.
      return rank(first) > rank(second) ? 'first' : 'second';
  }
}

function rank({ text }: ShownCandidate): string {
  return `${String(text.length).padStart(6, '0')} ${text}`;
}
