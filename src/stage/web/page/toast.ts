import { button, type Child, el } from './dom.ts';

/** Short words to the person, at the edge of the page. */
export type Toasts = {
  readonly root: HTMLElement;
  say(text: Child, action?: { label: string; run(): void }): void;
};

const STAYS_MS = 9000;
const MOST = 3;

/** Below an open window nothing can be read or clicked: the words go into it, and out again with its end. */
function stayVisible(root: HTMLElement): void {
  const top = [...document.querySelectorAll('dialog[open]')].at(-1);
  const home = document.querySelector('#app') ?? document.body;
  (top ?? home).append(root);
  top?.addEventListener('close', () => home.append(root), { once: true });
}

export function createToasts(): Toasts {
  const root = el('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
  return {
    root,
    say(text, action) {
      const toast = el('div', { class: 'toast' }, el('span', {}, text));
      if (action) {
        toast.append(
          button(action.label, () => {
            toast.remove();
            action.run();
          }),
        );
      }
      toast.append(button('Dismiss', () => toast.remove(), { class: 'close', sign: '×' }));
      root.append(toast);
      stayVisible(root);
      while (root.children.length > MOST) root.firstElementChild?.remove();
      setTimeout(() => toast.remove(), STAYS_MS);
    },
  };
}
