import type { Offer, WireScene } from '../wire-shapes.ts';
import { confirmOffer, openConnectDialog } from './connect-dialog.ts';
import type { Connection } from './connection.ts';
import { button, el, fill } from './dom.ts';

/** One bar that offers real minds to a cast that reads from a script. */
export type MindsBar = {
  readonly root: HTMLElement;
  setScene(scene: WireScene): void;
  /** Looks for models and shows the bar, unless it was put away or a model plays. */
  show(): Promise<void>;
  openDialog(): Promise<void>;
};

export function createMindsBar(connection: Connection, onConnected: (model: string) => void): MindsBar {
  const root = el('div', { class: 'minds-bar', role: 'group', hidden: true, 'aria-label': 'Real minds' });
  let scene: WireScene | undefined;
  let putAway = false;

  async function look(): Promise<readonly Offer[]> {
    return (await connection.ask({ type: 'offers' }, 'offers')).offers;
  }

  async function openDialog(): Promise<void> {
    done(await openConnectDialog(connection, await look()));
  }

  function done(model: string | undefined): void {
    if (model === undefined) return;
    root.hidden = true;
    onConnected(model);
  }

  async function show(): Promise<void> {
    if (putAway || scene?.model !== undefined || !root.hidden) return;
    root.hidden = false;
    const offers = await look().catch(() => []);
    const [first] = offers;
    fill(
      root,
      el(
        'p',
        {},
        el('strong', {}, 'So far they read from a script.'),
        ' Give them real minds: same scene, same line.',
      ),
      el(
        'div',
        { class: 'minds-choices' },
        first &&
          button(`Let ${first.model} play`, () => void confirmOffer(connection, first).then(done), {
            class: 'primary',
            sign: el(
              'span',
              {},
              `Let ${first.model} play`,
              el('small', {}, `text goes to ${first.where} · ${first.cost}`),
            ),
          }),
        button(
          offers.length > 1 ? `${offers.length - 1} more, or a key…` : 'Use a key…',
          () => void openDialog(),
          {
            class: first ? 'secondary' : 'primary',
          },
        ),
        button(
          'Not now',
          () => {
            putAway = true;
            root.hidden = true;
          },
          { class: 'link' },
        ),
      ),
    );
  }

  return {
    root,
    setScene(now) {
      if (now.id !== scene?.id) {
        putAway = false;
        root.hidden = true;
      }
      scene = now;
      if (now.model !== undefined) root.hidden = true;
    },
    show,
    openDialog,
  };
}
