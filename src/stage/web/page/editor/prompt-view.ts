import type { WirePrompt } from '../../card-shapes.ts';
import { button, type Child, el, fill } from '../dom.ts';
import { type Prompted, partsOf, tokensOf } from './find-parts.ts';

/** The prompt that the card makes, with whose words stand where. */
export type PromptView = {
  readonly root: HTMLElement;
  /** Returns tokens by path, of what stands in it. */
  show(prompt: WirePrompt, texts: readonly Prompted[]): ReadonlyMap<string, number>;
  setProblem(words: string): void;
};

const LONG = 600;
const ROLES = { system: 'Before everything', user: 'Told to them', assistant: 'Their own line' } as const;

/** What is the same for every card is folded away where it is long. */
function plain(text: string): Child {
  if (text.length < LONG) return text;
  return el(
    'details',
    {},
    el('summary', {}, `The same for every card, about ${tokensOf(text).toLocaleString('en')} tokens`),
    text,
  );
}

/** @param onField somebody wants to edit what stands there */
export function createPromptView(onField: (path: string) => void): PromptView {
  const total = el('p', { class: 'prompt-total', role: 'status' }, 'Laying the prompt out…');
  const problem = el('p', { class: 'problem', hidden: true });
  const list = el('ol', { class: 'prompt' });

  function message({ role, content }: WirePrompt[number], parts: readonly Child[]): Child {
    return el(
      'li',
      { class: `prompt-${role}` },
      el('h4', {}, ROLES[role], el('small', {}, ` about ${tokensOf(content).toLocaleString('en')} tokens`)),
      el('div', { class: 'prompt-text' }, ...parts),
    );
  }

  return {
    root: el(
      'section',
      { class: 'prompt-view', 'aria-label': 'The prompt' },
      total,
      el(
        'p',
        { class: 'hint' },
        el('mark', { class: 'private' }, 'Shaded'),
        ' is private: no other mind is told. ',
        el('mark', { class: 'shown' }, 'Underlined'),
        ' anyone may know. The rest is how the game is played.',
      ),
      problem,
      list,
    ),
    show(prompt, texts) {
      const tokens = new Map<string, number>();
      const messages = prompt.map((one) => {
        const parts = partsOf(one.content, texts).map(({ text, of }): Child => {
          if (!of) return plain(text);
          tokens.set(of.path, (tokens.get(of.path) ?? 0) + tokensOf(text));
          return el(
            'mark',
            { class: of.isPrivate ? 'private' : 'shown' },
            button(of.label, () => onField(of.path), { class: 'from', title: `Edit: ${of.label}` }),
            text,
          );
        });
        return message(one, parts);
      });
      fill(list, ...messages);
      const sum = prompt.reduce((count, { content }) => count + tokensOf(content), 0);
      total.textContent = `About ${sum.toLocaleString('en')} tokens in all.`;
      problem.hidden = true;
      return tokens;
    },
    setProblem(words) {
      problem.textContent = words;
      problem.hidden = words === '';
    },
  };
}
