import { createNames, readLabel } from '../../../format/labels.ts';
import { tidy } from '../../../format/tidy.ts';

/** Where a model’s reasoning stood in its answer (her-spec 6.3, 3_3); `none`: there is none to be had. */
export type HarvestMethod = 'channel' | 'tag' | 'name' | 'role-tag' | 'none';

/** Of a longer draft the rest is not kept. Characters. */
export const LONGEST_DRAFT = 5000;

/** In the order in which the reference looks for them. */
const CLOSERS = ['thinker', 'think', 'thinking', 'thought'];
const TAGS_OF_THINKING = /<\s*\/?\s*(?:thinker|think|thinking|thought)\s*>/giu;
/** Some words before a first tag are speech; a paragraph is not. Characters. */
const LONGEST_SPEECH = 300;

/**
 * The reasoning of an answer, which is the draft of a plan. The reply itself never is: an answer of which nothing
 * tells where the reasoning ends has none (her-spec 9.3 D8).
 *
 * @param reasoning what came on the model’s own channel
 * @param speaker whose turn was asked for
 */
export function harvest(
  answer: string,
  reasoning: string,
  speaker: string,
): { readonly draft: string; readonly method: HarvestMethod } {
  const found = (text: string, method: HarvestMethod) => {
    const draft = cut(tidy(text.replace(TAGS_OF_THINKING, '')));
    return { draft, method: draft === '' ? ('none' as const) : method };
  };
  if (reasoning.trim() !== '') return found(reasoning, 'channel');
  const closed = closedBy(answer);
  // Whoever closed its thinking has none elsewhere, even if there was nothing in it.
  if (closed !== undefined) return found(closed, 'tag');
  const named = beforeOwnLine(answer, speaker);
  if (named !== undefined) return found(named, 'name');
  const tag = /<\s*role[_\s-]?(?:thinking|action)\s*>/iu.exec(answer);
  const before = tag ? answer.slice(0, tag.index).trim() : '';
  return before.length > LONGEST_SPEECH ? found(before, 'role-tag') : { draft: '', method: 'none' };
}

/** What stands before the first closing tag of thinking. */
function closedBy(answer: string): string | undefined {
  for (const name of CLOSERS) {
    const close = new RegExp(`<\\s*/\\s*${name}\\s*>`, 'iu').exec(answer);
    if (close) return answer.slice(0, close.index);
  }
  return undefined;
}

/**
 * What stands before the first line that begins with the speaker’s name, in whatever script (9.3 D12). Where the
 * plan tried a line out it ends there: a shorter draft, but no reply in it. '' where the answer is reply from its
 * first line on.
 */
function beforeOwnLine(answer: string, speaker: string): string | undefined {
  const names = createNames({ name: speaker }, []);
  const lines = answer.split('\n');
  const at = lines.findIndex((line) => {
    const label = readLabel(line, 0);
    return label !== undefined && names.whoIs(label.name) === 'own';
  });
  return at < 0 ? undefined : lines.slice(0, at).join('\n');
}

/** Not longer than a draft may be: up to the end of a line or a sentence, where one is near. */
function cut(draft: string): string {
  if (draft.length <= LONGEST_DRAFT) return draft;
  const head = draft.slice(0, LONGEST_DRAFT).replace(/[\ud800-\udbff]$/u, '');
  const whole = /^[\s\S]*(?:[.!?…。！？]["'”’)\]]*(?=\s)|\n)/u.exec(head)?.[0].trim() ?? '';
  return whole.length > LONGEST_DRAFT / 2 ? whole : head.trim();
}
