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
  for (const grown of [list, area]) {
    new ResizeObserver(() => {
      if (atEnd) goToEnd();
    }).observe(grown);
  }

  function goToEnd(): void {
    area.scrollTop = area.scrollHeight;
    // It is we who moved: where the list has become shorter, nobody has scrolled up.
    top = area.scrollTop;
  }

  function toEnd(): void {
    atEnd = true;
    jump.hidden = true;
    goToEnd();
  }

  return {
    root: el('div', { class: 'scroller' }, area, jump),
    keep(change) {
      change();
      if (!atEnd) {
        jump.hidden = false;
        return;
      }
      goToEnd();
      // A component has its full height only once it is drawn. That is no change of the list's height
      // where it takes the place of one as high: nobody else would tell us.
      requestAnimationFrame(() => {
        if (atEnd) goToEnd();
      });
    },
    hold(change) {
      const fromEnd = area.scrollHeight - area.scrollTop;
      change();
      area.scrollTop = area.scrollHeight - fromEnd;
    },
    toEnd,
  };
}
