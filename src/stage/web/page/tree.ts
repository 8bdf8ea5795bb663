import { type Child, el, fill } from './dom.ts';

/** One thing in a tree that people go through by pointer or by keyboard. */
export type TreeItem = {
  /** One of its kind in the tree. */
  readonly key: string;
  readonly class?: string;
  /** What stands there, and is read aloud. */
  readonly content: readonly Child[];
  readonly children: readonly TreeItem[];
  /** At first its children are shown. */
  readonly open?: boolean;
};

export type Tree = {
  readonly root: HTMLElement;
  /** Draws these items; what was open or chosen and is still there stays so. `chosen`: what is to be. */
  set(items: readonly TreeItem[], chosen?: string): void;
};

/**
 * A tree as WAI-ARIA's authoring practices describe it: arrows move, open and close, Home and End go to
 * its ends, Enter and Space choose. One item is in the order of the Tab key.
 */
export function createTree(label: string, onChoose: (key: string) => void): Tree {
  const root = el('ul', {
    class: 'tree',
    role: 'tree',
    'aria-label': label,
    on: { keydown: (event) => keydown(event), click: (event) => click(event) },
  });
  /** Whether the children of an item are shown, where a person said so. */
  const opened = new Map<string, boolean>();
  let chosen: string | undefined;

  /** What is below an item stands beside it, lest the names of all of that be part of its own. */
  function itemElement(item: TreeItem, level: number): HTMLElement {
    const { key, children } = item;
    const isOpen = opened.get(key) ?? item.open ?? false;
    return el(
      'li',
      { role: 'none' },
      el(
        'div',
        {
          role: 'treeitem',
          class: `tree-item ${item.class ?? ''}`,
          'data-key': key,
          tabindex: -1,
          'aria-level': level,
          'aria-selected': String(key === chosen),
          'aria-expanded': children.length > 0 ? String(isOpen) : undefined,
        },
        ...item.content,
      ),
      children.length > 0 &&
        el(
          'ul',
          { role: 'group', hidden: !isOpen },
          ...children.map((child) => itemElement(child, level + 1)),
        ),
    );
  }

  /** Those that can be reached: nothing above them is closed. */
  function visible(): HTMLElement[] {
    const all = [...root.querySelectorAll<HTMLElement>('[role=treeitem]')];
    return all.filter((item) => !item.closest('[hidden]'));
  }

  function above(item: HTMLElement): HTMLElement | undefined {
    const group = item.closest('[role=group]');
    return group?.previousElementSibling instanceof HTMLElement ? group.previousElementSibling : undefined;
  }

  function setOpen(item: HTMLElement, isOpen: boolean): void {
    const { nextElementSibling: group } = item;
    if (!(group instanceof HTMLElement)) return;
    item.setAttribute('aria-expanded', String(isOpen));
    group.hidden = !isOpen;
    opened.set(item.dataset['key'] ?? '', isOpen);
  }

  function focus(item: HTMLElement | undefined): void {
    if (!item) return;
    reachable(item);
    item.focus();
  }

  function reachable(item: HTMLElement | undefined): void {
    for (const one of root.querySelectorAll('[tabindex="0"]')) one.setAttribute('tabindex', '-1');
    item?.setAttribute('tabindex', '0');
  }

  function choose(item: HTMLElement): void {
    chosen = item.dataset['key'];
    for (const one of root.querySelectorAll('[aria-selected=true]'))
      one.setAttribute('aria-selected', 'false');
    item.setAttribute('aria-selected', 'true');
    if (chosen !== undefined) onChoose(chosen);
  }

  function click({ target }: MouseEvent): void {
    const item = target instanceof Element ? target.closest<HTMLElement>('[role=treeitem]') : null;
    if (!item) return;
    setOpen(item, item.getAttribute('aria-expanded') !== 'true');
    focus(item);
    choose(item);
  }

  function keydown(event: KeyboardEvent): void {
    const item = event.target instanceof HTMLElement ? event.target : undefined;
    if (item?.getAttribute('role') !== 'treeitem' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!go(event.key, item)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** True where the key was the tree's. */
  function go(key: string, item: HTMLElement): boolean {
    const all = visible();
    const at = all.indexOf(item);
    const expanded = item.getAttribute('aria-expanded');
    switch (key) {
      case 'ArrowDown':
        focus(all[at + 1]);
        return true;
      case 'ArrowUp':
        focus(all[at - 1]);
        return true;
      case 'Home':
        focus(all[0]);
        return true;
      case 'End':
        focus(all.at(-1));
        return true;
      case 'ArrowRight':
        if (expanded === 'false') setOpen(item, true);
        else if (expanded === 'true') focus(all[at + 1]);
        return true;
      case 'ArrowLeft':
        if (expanded === 'true') setOpen(item, false);
        else focus(above(item));
        return true;
      case 'Enter':
      case ' ':
        choose(item);
        return true;
      default:
        return false;
    }
  }

  return {
    root,
    set(items, wanted = chosen) {
      chosen = wanted;
      const hadFocus = root.contains(document.activeElement);
      fill(root, ...items.map((item) => itemElement(item, 1)));
      const all = [...root.querySelectorAll<HTMLElement>('[role=treeitem]')];
      const item = all.find((one) => one.dataset['key'] === chosen) ?? all[0];
      reachable(item);
      if (hadFocus) item?.focus();
    },
  };
}
