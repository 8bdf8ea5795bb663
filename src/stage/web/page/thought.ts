import type { Connection } from './connection.ts';
import { button, el, fill } from './dom.ts';
import { inlineText } from './inline-text.ts';

/** The 💭 of one line: closed until it is opened, and fetched only then. */
export type Thought = {
  readonly button: HTMLButtonElement;
  readonly panel: HTMLElement;
  /** `caption` is what the first one says to someone who has never seen any. */
  open(caption?: string): Promise<void>;
  readonly isOpen: () => boolean;
};

export function createThought(connection: Connection, beat: number, name: string): Thought {
  const panel = el('div', { class: 'thought', hidden: true, id: `thought-${beat}` });
  const opener = button(`What ${name} thought`, () => void toggle(), {
    class: 'thought-opener',
    sign: '💭',
    'aria-expanded': 'false',
    'aria-controls': panel.id,
  });
  let loaded: Promise<readonly string[]> | undefined;

  function load(): Promise<readonly string[]> {
    loaded ??= connection
      .ask({ type: 'peek', beat }, 'thoughts')
      .then(({ thoughts }) => thoughts.map(({ text }) => text));
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  }

  async function open(caption = `Only ${name} knows this.`): Promise<void> {
    opener.setAttribute('aria-expanded', 'true');
    panel.hidden = false;
    try {
      const thoughts = await load();
      fill(panel, ...thoughts.map((text) => el('p', {}, ...inlineText(text))), el('small', {}, caption));
    } catch {
      fill(panel, el('small', {}, 'This thought could not be fetched. Try again in a moment.'));
    }
  }

  async function toggle(): Promise<void> {
    if (panel.hidden) return open();
    opener.setAttribute('aria-expanded', 'false');
    panel.hidden = true;
  }

  return { button: opener, panel, open, isOpen: () => !panel.hidden };
}
