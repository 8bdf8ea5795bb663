import { HER_START } from '../../../src/performer/her-layout.ts';
import { type TaughtMessage, teach } from './teacher.ts';

/** Plays on, most often with a thought before it; undefined for any other prompt. */
export function teachDraft(messages: readonly TaughtMessage[]): string | undefined {
  return messages[1]?.content.startsWith(HER_START) ? teach(messages) : undefined;
}

function bad(answer: (name: string) => string) {
  return (messages: readonly TaughtMessage[]): string | undefined => {
    if (teachDraft(messages) === undefined) return undefined;
    return answer(/^The character: (.+)$/mu.exec(messages[0]?.content ?? '')?.[1] ?? '');
  };
}

/** What no reply of these may be taken for: each says THE REPLY, and nothing was reasoned. */
export const REPLY =
  'THE REPLY, and it is a sentence that is long enough to be taken for a plan by its length.';

/** Answers without a draft in them, though there is text enough. */
export const HOSTILE_DRAFT = {
  'says nothing': bad(() => ''),
  'replies at once': bad((name) => `${name}: ${REPLY}`),
  'replies in paragraphs': bad((name) => `${name}: ${REPLY}\n\n${name}: ${REPLY}`),
  'replies without a name': bad(() => REPLY),
  'thinks nothing, in tags': bad((name) => `<think>\n\n</think>\n\n${name}: ${REPLY}\n${name}: ${REPLY}`),
  'thinks nothing, in the tag of thoughts': bad((name) => `</thought>${REPLY}\n${name}: ${REPLY}`),
  'acts first': bad((name) => `${name}: <role_action>nods</role_action>${REPLY}`),
  'says a word and acts': bad(() => `${REPLY}<role_action>nods</role_action>`),
} as const satisfies Record<string, (messages: readonly TaughtMessage[]) => string | undefined>;
