import { button, el, fill } from '../dom.ts';
import { createPane, type Opening, type Pane, type Shared } from './pane.ts';

/** So many scenes are followed out of sight; the one that was looked at longest ago gives way. */
const MOST_KEPT = 6;
/** Beside each other; more could not be read. */
const MOST_COLUMNS = 3;

/** The open scenes: some side by side, of which one has the keyboard, others followed out of sight. */
export type Desk = {
  readonly root: HTMLElement;
  /** The one that has the keyboard. */
  active(): Pane;
  /** Of a scene that is open, in sight or not. */
  paneOf(scene: string): Pane | undefined;
  inSight(scene: string): boolean;
  /** Shows a scene (or opens it) in place of the active one, or beside it. */
  show(what: Opening, how?: 'instead' | 'beside'): void;
  setLight(light: boolean): void;
  /** Opens these side by side; with none, what is playing. */
  start(first: readonly Opening[]): void;
  /** Addresses of what is in sight, for the next visit. */
  readonly address: () => string;
};

/** @param onSwitched another scene has the keyboard, or something of an open one changed */
export function createDesk(
  shared: Omit<Shared, 'onOpen' | 'onChanged'>,
  onOpened: (pane: Pane) => void,
  onSwitched: (active: Pane) => void,
): Desk {
  const columns: Pane[] = [];
  const kept: Pane[] = [];
  const switcher = el('nav', { class: 'switcher', 'aria-label': 'Open scenes' });
  const row = el('div', { class: 'panes' });
  const root = el('main', { class: 'desk' }, switcher, row);
  let active: Pane;
  let light = false;
  let drawnTabs = '';

  function open(what: Opening): Pane {
    const pane: Pane = createPane({ ...shared, onOpen: (other) => show(other), onChanged: changed }, what, {
      active: () => activate(pane),
      away: () => putAway(pane),
    });
    pane.setLight(light);
    onOpened(pane);
    return pane;
  }

  function paneOf(id: string): Pane | undefined {
    return [...columns, ...kept].find((pane) => {
      const { id: own, scene } = pane.now();
      return own === id || scene?.rooms.some((room) => room.id === id);
    });
  }

  function show(what: Opening, how: 'instead' | 'beside' = 'instead'): void {
    const known = what.scene === undefined ? undefined : paneOf(what.scene);
    const pane = known ?? open(what);
    if (known && placeIn(known) !== what.scene) shared.attempt(known.open(what));
    const was = kept.includes(pane);
    if (was) kept.splice(kept.indexOf(pane), 1);
    if (!columns.includes(pane)) {
      const at = columns.indexOf(active);
      if (how === 'beside' && columns.length < MOST_COLUMNS) columns.splice(at + 1, 0, pane);
      else keep(columns.splice(at, 1, pane));
    }
    activate(pane);
    if (was) pane.seen();
  }

  function keep(panes: readonly Pane[]): void {
    kept.push(...panes);
    for (const old of kept.splice(0, Math.max(0, kept.length - MOST_KEPT))) old.close();
  }

  function putAway(pane: Pane): void {
    const at = columns.indexOf(pane);
    if (at < 0 || columns.length < 2) return;
    keep(columns.splice(at, 1));
    if (active === pane) active = columns[at] ?? columns[0] ?? active;
    draw();
    active.focus();
  }

  function activate(pane: Pane): void {
    if (active === pane && columns.every(({ root: column }) => column.isConnected)) return;
    active = pane;
    draw();
  }

  function draw(): void {
    // Moved about, a column would lose where it was scrolled to.
    const drawn = [...row.children];
    if (drawn.length !== columns.length || columns.some(({ root: column }, at) => column !== drawn[at])) {
      fill(row, ...columns.map((pane) => pane.root));
    }
    root.classList.toggle('many', columns.length > 1);
    for (const pane of columns) pane.setActive(pane === active, columns.length > 1);
    changed();
  }

  function changed(): void {
    // A scene tells of itself while it is still being opened.
    if (!columns.includes(active)) return;
    for (const pane of columns) if (pane.now().unseen > 0 && pane.root.checkVisibility()) pane.seen();
    drawSwitcher();
    onSwitched(active);
  }

  /** Where one scene at a time is in sight, the others are a tap away. */
  function drawSwitcher(): void {
    const tabs = columns.length > 1 ? columns : [];
    const words = tabs.map((pane) => {
      const { scene, unseen } = pane.now();
      return `${scene?.title ?? '…'}${unseen > 0 ? ` ${unseen} new` : ''}`;
    });
    const now = JSON.stringify([words, columns.indexOf(active)]);
    if (now === drawnTabs) return;
    drawnTabs = now;
    fill(
      switcher,
      ...tabs.map((pane, at) =>
        button(words[at] ?? '', () => activate(pane), {
          'aria-current': pane === active ? 'page' : undefined,
        }),
      ),
    );
  }

  return {
    root,
    active: () => active,
    paneOf,
    inSight: (scene) => columns.some((pane) => pane.now().id === scene),
    show,
    start(first) {
      const [one = {}, ...others] = first.slice(0, MOST_COLUMNS);
      active = open(one);
      columns.push(active, ...others.map(open));
      draw();
    },
    setLight(now) {
      light = now;
      for (const pane of [...columns, ...kept]) pane.setLight(now);
    },
    address: () => columns.map(placeIn).filter(Boolean).join(','),
  };
}

/** Where the player of a pane speaks: a room of its scene, or the scene. */
function placeIn(pane: Pane): string {
  const { scene, place } = pane.now();
  return place ?? scene?.id ?? '';
}
