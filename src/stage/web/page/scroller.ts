import { button, el } from './dom.ts';

/** Keeps the newest line in sight, unless the reader has scrolled away from it. */
export type Scroller = {
  readonly root: HTMLElement;
  /** Changes the list; stays at the end if that is where the reader is. */
  keep(change: () => void): void;
  /** Changes the list above the reader, who stays where they are. */
  hold(change: () => void): void;
  toEnd(): void;
};

const NEAR = 80;

export function createScroller(list: HTMLElement): Scroller {
  const area = el('div', { class: 'scroll-area', tabindex: '0' }, list);
  const jump = button('Jump to the newest line ↓', toEnd, { class: 'jump', hidden: true });
  let atEnd = true;
  let top = 0;

  area.addEventListener('scroll', () => {
    const near = area.scrollHeight - area.scrollTop - area.clientHeight < NEAR;
    // Growth below also moves the end away; only scrolling up means that the reader left it.
    if (near) atEnd = true;
    else if (area.scrollTop < top) atEnd = false;
    top = area.scrollTop;
    if (atEnd) jump.hidden = true;
  });
  // Pictures and thoughts that open change heights after the fact.
  new ResizeObserver(() => {
    if (atEnd) area.scrollTop = area.scrollHeight;
  }).observe(list);
  new ResizeObserver(() => {
    if (atEnd) area.scrollTop = area.scrollHeight;
  }).observe(area);

  function toEnd(): void {
    atEnd = true;
    jump.hidden = true;
    area.scrollTop = area.scrollHeight;
  }

  return {
    root: el('div', { class: 'scroller' }, area, jump),
    keep(change) {
      change();
      if (atEnd) area.scrollTop = area.scrollHeight;
      else jump.hidden = false;
    },
    hold(change) {
      const fromEnd = area.scrollHeight - area.scrollTop;
      change();
      area.scrollTop = area.scrollHeight - fromEnd;
    },
    toEnd,
  };
}
