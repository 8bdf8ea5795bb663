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
          el('dd', {}, el('strong', {}, capital(is)), el('p', {}, change)),
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
      fill(words, el('strong', {}, capital(of('stage'))), el('span', {}, capital(of('model'))));
    },
  };
}

/** Words begin with a capital; the name of a model is as its server writes it. */
function capital(text: string): string {
  return /^(the|memory)\b/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}

/** Addresses and explanations stand in the window that a click opens. */
function inShort(text: string): string {
  return text.split(/, | \(/u)[0] ?? text;
}
