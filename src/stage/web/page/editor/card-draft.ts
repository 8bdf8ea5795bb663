import type { CardData } from '../../../../cast/cards/card-data.ts';

/** A card that is being edited. Paths are keys with dots between: `extensions.dramatis.motivation`. */
export type CardDraft = {
  card(): CardData;
  get(path: string): unknown;
  /** The text at a path; '' where there is none. */
  text(path: string): string;
  /** `undefined` takes the key away. */
  set(path: string, value: unknown): void;
  /** The whole card at once: it was changed elsewhere. */
  replace(card: CardData): void;
  /** Something else than what was opened or saved last. */
  isChanged(): boolean;
  /** This card, as `card` gave it, was saved; what was typed meanwhile is not. */
  markSaved(card: CardData): void;
  /** Called after every `set`. */
  onChange(listener: (path: string) => void): void;
};

type Json = { [key: string]: unknown };

export function createCardDraft(opened: CardData): CardDraft {
  let draft = structuredClone(opened) as Json;
  const listeners: ((path: string) => void)[] = [];
  let saved = JSON.stringify(draft);

  function get(path: string): unknown {
    let at: unknown = draft;
    for (const key of path.split('.')) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
    return at;
  }

  return {
    // What the form makes of a card that was well-formed is so, too; the stage checks it all the same.
    card: () => structuredClone(draft) as CardData,
    get,
    text(path) {
      const value = get(path);
      return typeof value === 'string' ? value : '';
    },
    set(path, value) {
      const keys = path.split('.');
      const last = keys.pop() ?? '';
      let at = draft;
      for (const key of keys) {
        const inner = Object.hasOwn(at, key) ? at[key] : undefined;
        const next = isObject(inner) ? inner : {};
        at[key] = next;
        at = next;
      }
      if (value === undefined) delete at[last];
      else at[last] = value;
      for (const listener of listeners) listener(path);
    },
    replace(card) {
      draft = structuredClone(card) as Json;
      for (const listener of listeners) listener('');
    },
    isChanged: () => JSON.stringify(draft) !== saved,
    markSaved(card) {
      saved = JSON.stringify(card);
    },
    onChange(listener) {
      listeners.push(listener);
    },
  };
}

/** Nobody yet. */
export function blankCard(): CardData {
  return {
    name: '',
    description: '',
    personality: '',
    scenario: '',
    first_mes: '',
    mes_example: '',
    alternate_greetings: [],
    tags: [],
    extensions: {
      dramatis: {
        aliases: [],
        motivation: '',
        background: '',
        manner: '',
        public_sheet: '',
        examples: [],
        declines: [],
      },
    },
  };
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts of a list; whatever else is in it is left out. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
