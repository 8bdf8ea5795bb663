import type { WireSwipes } from '../wire-shapes.ts';
import { button, el } from './dom.ts';

export type SwipeStep = 'previous' | 'next' | 'again';

/** ◀ 2/3 ▶ ↻ below the newest line of a character in each place: the versions it has, and a new one. */
export type SwipeBars = {
  /** Puts a bar into each of these lines that is shown, and takes all others away. */
  draw(swipes: readonly WireSwipes[], rootOf: (n: number) => HTMLElement | undefined): void;
};

export function createSwipeBars(onSwipe: (n: number, step: SwipeStep) => Promise<unknown>): SwipeBars {
  const bars = new Map<number, HTMLElement>();

  function barOf({ n, version, versions }: WireSwipes): HTMLElement {
    const step = (label: string, sign: string, to: SwipeStep, disabled = false) =>
      button(label, () => void swipe(to), { sign, disabled, 'data-step': to });
    const bar = el(
      'div',
      { class: 'swipe-bar', role: 'group', 'aria-label': 'Other versions of this line' },
      step('Earlier version', '◀', 'previous', version === 1),
      el('span', { 'aria-live': 'polite' }, `${version}/${versions}`),
      step(version === versions ? 'New version' : 'Later version', '▶', 'next'),
      step('Say it anew', '↻', 'again'),
    );
    bar.dataset['state'] = `${version}/${versions}`;

    async function swipe(to: SwipeStep): Promise<void> {
      bar.setAttribute('aria-busy', 'true');
      await onSwipe(n, to);
      bar.removeAttribute('aria-busy');
    }
    return bar;
  }

  return {
    draw(swipes, rootOf) {
      const now = new Map(swipes.map((one) => [one.n, one]));
      for (const [n, bar] of bars) {
        if (now.has(n)) continue;
        bar.remove();
        bars.delete(n);
      }
      for (const one of swipes) {
        const root = rootOf(one.n);
        const old = bars.get(one.n);
        const same = old?.dataset['state'] === `${one.version}/${one.versions}`;
        if (!root || (same && root.contains(old))) continue;
        const step = focusedStep(old);
        old?.remove();
        const bar = same ? old : barOf(one);
        bars.set(one.n, bar);
        // Next to the line, above what x-ray shows of it.
        const below = root.querySelector(':scope > .xray-panel, :scope > .xray-turn');
        if (below) below.before(bar);
        else root.append(bar);
        // Who goes through the versions by keyboard stays where they were.
        if (step !== undefined) bar.querySelector<HTMLElement>(`[data-step="${step}"]:enabled`)?.focus();
      }
    },
  };
}

function focusedStep(bar: HTMLElement | undefined): string | undefined {
  const { activeElement } = document;
  const isInside = activeElement instanceof HTMLElement && bar?.contains(activeElement);
  return isInside ? activeElement.dataset['step'] : undefined;
}
