import type { WireScene } from '../wire-shapes.ts';
import type { Connection } from './connection.ts';
import { button, el } from './dom.ts';
import { createSuggestions, type Suggestion } from './suggestions.ts';

/** The text box: lines, slash commands and mentions with completion. */
export type Composer = {
  readonly root: HTMLElement;
  /** `place`: the room where lines are said; absent: the main place. */
  setScene(scene: WireScene, place: string | undefined): void;
  focus(): void;
  /** Puts text there, unless something is being written. */
  offer(text: string): void;
};

const LONGEST_LINE = 4000;

export function createComposer(options: {
  readonly connection: Connection;
  /** Resolves when it was taken; what it rejects with is shown and the text given back. */
  readonly onLine: (text: string) => Promise<void>;
  readonly onRename: () => void;
  readonly onProblem: (message: string) => void;
}): Composer {
  const { connection, onLine, onRename, onProblem } = options;
  let scene: WireScene | undefined;
  let question = 0;

  const box = el('textarea', {
    rows: 1,
    class: 'box',
    'aria-label': 'Say something in the scene',
    // A box of several lines may not be a combobox; it says of its list what it may.
    'aria-haspopup': 'listbox',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: true,
    on: { input: () => changed(), keydown: (event) => keydown(event), blur: () => suggestions.hide() },
  });
  const suggestions = createSuggestions(box);
  const persona = button('Guest', onRename, { class: 'persona', title: 'Change the name you play under' });
  const send = button('Send', () => void submit(), { class: 'send', sign: '➤', disabled: true });

  function changed(): void {
    grow();
    suggest().catch(() => suggestions.hide());
  }

  function grow(): void {
    box.style.setProperty('height', 'auto');
    box.style.setProperty('height', `${Math.min(box.scrollHeight, 240)}px`);
    send.disabled = box.value.trim() === '';
  }

  async function suggest(): Promise<void> {
    const { value, selectionStart } = box;
    question += 1;
    const asked = question;
    if (value.length > LONGEST_LINE) return suggestions.hide();
    if (value.startsWith('/')) {
      const { completions } = await connection.ask({ type: 'complete', text: value }, 'completions');
      // What was typed since has a question of its own.
      if (asked !== question) return;
      const found = completions.map(({ label, description, text }) => ({
        label,
        note: description,
        weak: label.endsWith(':') || text === value || value.endsWith(' '),
        choose: () => {
          suggestions.hide();
          put(text);
        },
      }));
      suggestions.show(value.includes(' ') ? 'Options' : 'Commands', found);
      return;
    }
    suggestions.show('On stage', mentions(value.slice(0, selectionStart)));
  }

  function mentions(before: string): Suggestion[] {
    const [, typed] = /(?:^|\s)@([\p{L}\p{N}.' -]{0,40})$/u.exec(before) ?? [];
    if (typed === undefined) return [];
    const wanted = typed.toLowerCase();
    const fits = (name: string) =>
      name
        .toLowerCase()
        .split(/\s+/)
        .some((word) => word.startsWith(wanted)) || name.toLowerCase().startsWith(wanted);
    return (scene?.cast ?? [])
      .filter(({ name, present }) => present && fits(name))
      .map(({ name, avatar }) => ({
        label: name,
        note: '',
        picture: avatar,
        choose: () => {
          const start = before.length - typed.length;
          box.setRangeText(`${name} `, start, before.length, 'end');
          suggestions.hide();
          changed();
        },
      }));
  }

  function put(text: string): void {
    box.value = text;
    box.setSelectionRange(text.length, text.length);
    changed();
  }

  function keydown(event: KeyboardEvent): void {
    if (suggestions.key(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  }

  async function submit(): Promise<void> {
    const text = box.value.trim();
    if (text === '') return;
    if (text.length > LONGEST_LINE) {
      return onProblem(
        `That is ${text.length.toLocaleString()} characters; a line holds at most ${LONGEST_LINE.toLocaleString()}. Say it in parts.`,
      );
    }
    put('');
    suggestions.hide();
    try {
      await onLine(text);
    } catch (error) {
      if (box.value === '') put(text);
      suggestions.hide();
      onProblem(error instanceof Error ? error.message : 'That did not work.');
    }
  }

  return {
    root: el('div', { class: 'composer' }, suggestions.root, el('div', { class: 'bar' }, persona, box, send)),
    setScene(now, place) {
      scene = now;
      persona.textContent = now.you;
      box.placeholder = placeholderFor(now, now.rooms.find(({ id }) => id === place)?.name);
      box.disabled = now.status === 'ended';
    },
    focus: () => box.focus(),
    offer(text) {
      if (box.value === '') put(text);
      suggestions.hide();
      box.focus();
    },
  };
}

function placeholderFor({ status }: WireScene, room: string | undefined): string {
  if (status === 'ended') return 'This scene has ended.';
  if (status === 'paused') return 'The scene is paused: /scene continue';
  const where = room === undefined ? '' : ` (${room})`;
  return `Say something${where}, or / for commands`;
}
