import { ROLE } from '../../../src/lab/gates/agreement/ask-request.ts';
import { QUESTIONS } from '../../../src/lab/gates/agreement/questions.ts';

/**
 * What a judge of the quality gates answers: it is content, but for a plan that does not name its character.
 * Undefined for any other prompt.
 */
export function gatesAnswer(messages: readonly { readonly content: string }[]): string | undefined {
  const prompt = messages.at(-1)?.content ?? '';
  if (!prompt.startsWith(ROLE)) return undefined;
  const asked = QUESTIONS.filter(({ key }) => prompt.includes(`- ${key} (`));
  const plan = /## The plan that was made for this turn\n\n(?<plan>(?:>.*\n?)+)/u.exec(prompt)?.groups?.[
    'plan'
  ];
  const first = /The character: (?<first>\S+)/u.exec(prompt)?.groups?.['first'] ?? '';
  const leads = plan?.includes(first) ?? false;
  const answers = asked.map(({ key, kind }) => [key, kind === 'scale' ? 4 : key !== 'plan_leads' || leads]);
  return JSON.stringify(Object.fromEntries(answers));
}

/** Answers of which nothing, or not all, can be read. */
export const hostileGatesAnswers: Readonly<Record<string, string>> = {
  prose: 'I would say that the plan leads to the turn rather well.',
  empty: '',
  cut: '{"plan_leads": true, "thought_in_char',
  outside: '{"plan_leads": "perhaps", "thought_in_character": 9, "thought_private": 4, "knows_only": null}',
  another: '{"score": 5}',
};
