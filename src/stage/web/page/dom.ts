/** What an element may hold. Strings become text, never markup; gaps are left out. */
export type Child = Node | string | false | undefined;

type Props = {
  readonly class?: string | undefined;
  readonly on?: { readonly [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void };
  readonly [attribute: string]: unknown;
};

/**
 * Builds an element. `true` sets an empty attribute; `false` and `undefined` leave it out.
 * The only way in which this page makes elements.
 */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props?: Props,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K];
export function el(tag: string, props?: Props, ...children: readonly Child[]): HTMLElement;
export function el(tag: string, props: Props = {}, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag);
  const { on, ...attributes } = props;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const [event, listener] of Object.entries(on ?? {})) {
    element.addEventListener(event, listener as EventListener);
  }
  element.append(...filled(children));
  return element;
}

/** Replaces what an element holds. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...filled(children));
}

function filled(children: readonly Child[]): (Node | string)[] {
  return children.filter((child) => child !== undefined && child !== false);
}

/** A button that says what it does, also where it shows only a sign. */
export function button(
  label: string,
  onClick: () => void,
  props: { readonly class?: string; readonly sign?: Child; readonly [attribute: string]: unknown } = {},
): HTMLButtonElement {
  const { sign, ...attributes } = props;
  return el(
    'button',
    {
      type: 'button',
      ...(sign === undefined ? {} : { 'aria-label': label, title: label }),
      ...attributes,
      on: { click: onClick },
    },
    sign ?? label,
  );
}
