import type { WirePrompt, WireTriedTurn } from '../../card-shapes.ts';
import { button, type Child, el } from '../dom.ts';
import { inlineText } from '../inline-text.ts';
import { messageElement } from '../message.ts';

/** What came of saying something to them. */
export type Tried = { readonly prompt: WirePrompt; readonly turn?: WireTriedTurn };

const MOST_SHOWN = 6;

/** Says something to the character as it is edited now, in no scene. */
export function createTryPanel(options: {
  readonly face: () => { readonly name: string; readonly avatar: string; readonly color: number | undefined };
  readonly onTry: (cue: string) => Promise<Tried>;
}): HTMLElement {
  const { face, onTry } = options;
  const isLight = document.documentElement.dataset['theme'] === 'light';
  const shown = el('discord-messages', {
    class: 'tried',
    'no-background': true,
    'light-theme': isLight,
    role: 'log',
    'aria-label': 'Turns that were tried',
    'aria-live': 'polite',
  });
  const cue: HTMLInputElement = el('input', {
    type: 'text',
    maxlength: 4000,
    placeholder: 'Say something to them',
    'aria-label': 'Say something to them',
  });
  const submit = el('button', { type: 'submit', class: 'primary' }, 'Try a turn');
  let busy = false;

  async function attempt(): Promise<void> {
    const said = cue.value.trim();
    if (said === '' || busy) return;
    busy = true;
    submit.disabled = true;
    const { name } = face();
    const waiting = note(`${name || 'They'} considers…`);
    shown.append(
      line({ name: 'You', avatar: '/initials/You', color: undefined }, true, inlineText(said)),
      waiting,
    );
    try {
      const { turn } = await onTry(said);
      waiting.replaceWith(...answered(turn));
      cue.select();
    } catch (error) {
      waiting.replaceWith(note(error instanceof Error ? error.message : 'That did not work.', 'problem'));
    } finally {
      busy = false;
      submit.disabled = false;
      while (shown.children.length > MOST_SHOWN * 3) shown.firstElementChild?.remove();
      shown.lastElementChild?.scrollIntoView({ block: 'nearest' });
    }
  }

  function answered(turn: WireTriedTurn | undefined): HTMLElement[] {
    if (!turn)
      return [note('Nothing usable came: twice the answer could not be read. Try again.', 'problem')];
    const { segments, faults, model, promptTokens, completionTokens } = turn;
    const parts = segments.flatMap(({ kind, text }): Child[] => [
      ' ',
      kind === 'thought'
        ? el(
            'span',
            { class: 'tried-thought' },
            el('span', { class: 'unseen' }, 'thinks: '),
            ...inlineText(text),
          )
        : el(kind === 'action' ? 'em' : 'span', { class: kind }, ...inlineText(text)),
    ]);
    const tokens =
      promptTokens === undefined ? [] : [`${promptTokens} tokens in, ${completionTokens ?? 0} out`];
    const made = [model ?? 'Scripted demo: a line of the card', ...tokens];
    return [
      line(face(), false, [el('div', { class: 'said' }, ...parts)]),
      note([...made, ...(faults.length > 0 ? [`faults: ${faults.join(', ')}`] : [])].join(' · ')),
    ];
  }

  return el(
    'section',
    { class: 'try-panel', 'aria-label': 'Try a turn' },
    el(
      'p',
      { class: 'hint' },
      'Nothing of it is kept. What they think is shaded: in a scene nobody hears it.',
    ),
    shown,
    el(
      'form',
      {
        class: 'try-form',
        on: {
          submit: (event) => {
            event.preventDefault();
            void attempt();
          },
        },
      },
      cue,
      submit,
    ),
    button('Clear', () => shown.replaceChildren(), { class: 'link' }),
  );
}

function line(
  {
    name,
    avatar,
    color,
  }: { readonly name: string; readonly avatar: string; readonly color: number | undefined },
  isPlayer: boolean,
  body: readonly Child[],
): HTMLElement {
  return el(
    'div',
    { class: 'entry starts' },
    messageElement({ face: { name, avatar, color, isPlayer }, at: Date.now(), continues: false, body }),
  );
}

function note(words: string, more = ''): HTMLElement {
  return el('p', { class: `tried-note ${more}` }, words);
}
