import type { WireBeat } from '../wire-shapes.ts';
import { openDialog } from './dialog.ts';
import { button, el } from './dom.ts';
import { cardIdOf } from './faces.ts';
import type { Ratings, Thumb } from './ratings.ts';

/** What can be done to a line that stands: it is liked or not, edited, the scene goes back to it, a coming was none. */
export type LineTools = {
  readonly ratings: Ratings;
  readonly onReword: (n: number, text: string) => void;
  readonly onRewind: (n: number) => void;
  readonly onUndo: (n: number) => void;
  readonly onWhy: (beat: WireBeat) => void;
};

/** Shown at the line's corner while the pointer or the keyboard is on it. */
export function lineToolsElement(
  beat: WireBeat,
  { ratings, onReword, onRewind, onUndo, onWhy }: LineTools,
): HTMLElement {
  const { n, kind, speaker, inferred } = beat;
  const isCharacters = kind === 'line' && cardIdOf(speaker) !== undefined;
  return el(
    'div',
    { class: 'line-tools', role: 'group', 'aria-label': 'This line' },
    ...(isCharacters ? thumbButtons(beat, ratings) : []),
    (isCharacters || kind === 'narration') && button('Why this line?', () => onWhy(beat), { sign: '?' }),
    isCharacters && button('Edit', () => askForWords(beat, (text) => onReword(n, text)), { sign: '✎' }),
    inferred && button('That did not happen', () => onUndo(n), { sign: '⊘' }),
    button('Rewind to here', () => askForRewind(() => onRewind(n)), { sign: '↶' }),
  );
}

function thumbButtons(beat: WireBeat, ratings: Ratings): HTMLElement[] {
  const thumbs = [
    { thumb: 'up', label: 'Good line', sign: '👍' },
    { thumb: 'down', label: 'Not a good line', sign: '👎' },
  ] as const;
  const buttons = thumbs.map(({ thumb, label, sign }) => ({
    thumb,
    element: button(label, () => void press(thumb), { sign }),
  }));
  const show = (now: Thumb | undefined) => {
    for (const { thumb, element } of buttons) element.setAttribute('aria-pressed', String(thumb === now));
  };
  async function press(thumb: Thumb): Promise<void> {
    show(await ratings.rate(beat, ratings.of(beat) === thumb ? undefined : thumb));
  }
  show(ratings.of(beat));
  return buttons.map(({ element }) => element);
}

function askForWords({ segments }: WireBeat, onText: (text: string) => void): void {
  const written = segments.map(({ kind, text }) => (kind === 'action' ? `*${text}*` : text)).join(' ');
  const field = el('textarea', { rows: 6, maxlength: 4000, 'aria-label': 'The line' });
  field.value = written;
  const dialog = openDialog(
    'What was said',
    el(
      'form',
      {
        class: 'connect-form',
        on: {
          submit: (event) => {
            event.preventDefault();
            dialog.close();
            const text = field.value.trim();
            if (text !== '' && text !== written) onText(text);
          },
        },
      },
      field,
      el('p', { class: 'hint' }, 'From now on everyone remembers it so. Asterisks are actions.'),
      el('div', { class: 'dialog-actions' }, el('button', { type: 'submit', class: 'primary' }, 'Save')),
    ),
  );
}

function askForRewind(onRewind: () => void): void {
  const rewind = () => {
    dialog.close();
    onRewind();
  };
  const dialog = openDialog(
    'Back to this line?',
    el(
      'p',
      {},
      'The scene goes on from here. What came after never happened: nobody in it remembers any of it.',
    ),
    el(
      'div',
      { class: 'dialog-actions' },
      button('Rewind', rewind, { class: 'primary' }),
      button('Leave it', () => dialog.close(), { class: 'quiet-button' }),
    ),
  );
}
