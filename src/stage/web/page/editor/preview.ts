import type { WirePrompt } from '../../card-shapes.ts';
import type { CardDraft } from './card-draft.ts';
import { problemsIn } from './problems-in.ts';
import { createPromptView } from './prompt-view.ts';
import { promptedTexts } from './prompted-texts.ts';

/** Typing is not answered letter by letter. */
const SETTLES_MS = 350;

/** The prompt of the card as it is edited, always that of now. */
export type Preview = {
  readonly root: HTMLElement;
  /** This one was sent. */
  show(prompt: WirePrompt): void;
  close(): void;
};

function wrong(error: unknown): string {
  if (!(error instanceof Error)) return 'The prompt cannot be shown just now.';
  const found = problemsIn(error.message).map(({ path, words }) => (path ? `${path} ${words}` : words));
  return `This is the prompt of before: ${found.join('; ')}`;
}

export function createPreview(options: {
  readonly draft: CardDraft;
  readonly onField: (path: string) => void;
  readonly onAsk: () => Promise<{ readonly prompt: WirePrompt }>;
  readonly onTokens: (tokens: ReadonlyMap<string, number>) => void;
}): Preview {
  const { draft, onAsk, onTokens } = options;
  const view = createPromptView(options.onField);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  function show(prompt: WirePrompt): void {
    onTokens(view.show(prompt, promptedTexts(draft)));
  }

  async function ask(): Promise<void> {
    asked += 1;
    const mine = asked;
    try {
      const { prompt } = await onAsk();
      // What was typed meanwhile is asked for anew.
      if (mine === asked) show(prompt);
    } catch (error) {
      if (mine === asked) view.setProblem(wrong(error));
    }
  }

  draft.onChange(() => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(), SETTLES_MS);
  });
  void ask();
  return { root: view.root, show, close: () => clearTimeout(waiting) };
}
