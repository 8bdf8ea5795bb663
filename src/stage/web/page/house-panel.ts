import type { HouseFact } from '../house.ts';
import { openDialog } from './dialog.ts';
import { button, el, fill } from './dom.ts';

const NAMES: Readonly<Record<string, string>> = { stage: 'Stage', model: 'Model', store: 'Store' };

type Fact = { readonly what: string; readonly is: string; readonly change: string };

/** Where one is: which stage, model and store, and how to change each. */
export type HousePanel = { readonly root: HTMLElement; setFacts(facts: readonly Fact[]): void };

export function createHousePanel(onConnect: () => void): HousePanel {
  let facts: readonly Fact[] = [];
  const words = el('span', { class: 'house-words' });
  const root = el(
    'button',
    {
      type: 'button',
      class: 'house',
      title: 'Where you are, and how to change it',
      on: { click: () => open() },
    },
    el('img', { src: '/narrator.svg', alt: '' }),
    words,
  );

  function open(): void {
    const dialog = openDialog(
      'Where you are',
      el(
        'dl',
        { class: 'facts house-facts' },
        ...facts.flatMap(({ what, is, change }) => [
          el('dt', {}, NAMES[what] ?? what),
          el('dd', {}, el('strong', {}, is), el('p', {}, change)),
        ]),
      ),
      button(
        'Connect a model…',
        () => {
          dialog.close();
          onConnect();
        },
        { class: 'primary' },
      ),
    );
  }

  return {
    root,
    setFacts(now) {
      facts = now;
      const of = (what: HouseFact['what']) => inShort(facts.find((fact) => fact.what === what)?.is ?? '');
      fill(words, el('strong', {}, of('stage')), el('span', {}, of('model')));
    },
  };
}

/** Addresses and explanations stand in the window that a click opens. */
function inShort(text: string): string {
  return text.split(/, | \(/u)[0] ?? text;
}
