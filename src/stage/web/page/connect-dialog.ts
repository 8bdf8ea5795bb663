import type { ClientMessageOf } from '../protocol.ts';
import type { Offer } from '../wire-shapes.ts';
import type { Connection } from './connection.ts';
import { openDialog } from './dialog.ts';
import { button, type Child, el, fill } from './dom.ts';
import { createNamedModels } from './model/named-models.ts';

type Choice = Pick<ClientMessageOf<'connect'>, 'offer' | 'typed'>;

/** Resolves to the name of the model that plays from now on, or nothing where the person left it. */
export function confirmOffer(connection: Connection, offer: Offer): Promise<string | undefined> {
  return new Promise((resolve) => {
    const status = el('p', { class: 'hint', role: 'status' });
    const dialog = openDialog(
      `Let ${offer.model} play?`,
      facts(offer),
      el('p', {}, 'The scene goes on from the line it has reached. Nothing of it is lost.'),
      status,
      el(
        'div',
        { class: 'dialog-actions' },
        button('Yes, let it play', () => void confirm(), { class: 'primary' }),
        button('Not now', () => dialog.close()),
      ),
    );
    dialog.root.addEventListener('close', () => resolve(undefined));

    async function confirm(): Promise<void> {
      const model = await tryChoice(connection, { offer: offer.id }, status);
      if (model === undefined) return;
      resolve(model);
      dialog.close();
    }
  });
}

/** What was found, and a place to type an address or key. */
export function openConnectDialog(
  connection: Connection,
  offers: readonly Offer[],
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const url = input('Address', 'url', 'https://api.openai.com/v1');
    const key = input('Key', 'password', 'only if the address asks for one');
    const model = input('Model', 'text', 'as the server calls it; empty: its first');
    const status = el('p', { class: 'hint', role: 'status' });
    const form = el(
      'form',
      {
        class: 'connect-form',
        on: {
          submit: (event) => {
            event.preventDefault();
            void connect();
          },
        },
      },
      url.row,
      key.row,
      model.row,
      el(
        'p',
        { class: 'hint' },
        'The text of the scene goes to that address, and whatever it asks for it, you pay. The key stays in this process and is not saved.',
      ),
      status,
      el(
        'div',
        { class: 'dialog-actions' },
        el('button', { type: 'submit', class: 'primary' }, 'Let it play'),
      ),
    );
    const named = createNamedModels(connection, ({ offer: id = '', name, where }) => {
      void take({ id, model: name, where, cost: 'free' });
    });
    // Those that were downloaded stand with the others of their kind.
    const found = offers.filter(({ id }) => !id.startsWith('gguf/'));
    const dialog = openDialog(
      'Give them real minds',
      found.length > 0
        ? el('ul', { class: 'offers' }, ...found.map(offerRow))
        : el(
            'p',
            { class: 'hint' },
            'No model was found on this machine (Ollama, LM Studio and llama.cpp are looked for at their usual ports).',
          ),
      named.root,
      el('h3', {}, 'A key, or an address of your own'),
      form,
    );
    dialog.root.addEventListener('close', () => {
      named.close();
      resolve(undefined);
    });

    function offerRow(offer: Offer): Child {
      return el(
        'li',
        {},
        facts(offer),
        button(`Use ${offer.model}`, () => void take(offer), { class: 'primary' }),
      );
    }

    async function take(offer: Offer): Promise<void> {
      const name = await confirmOffer(connection, offer);
      if (name === undefined) return;
      resolve(name);
      dialog.close();
    }

    async function connect(): Promise<void> {
      const typed = { url: url.value(), key: key.value(), model: model.value() };
      const name = await tryChoice(connection, { typed }, status);
      if (name === undefined) return;
      resolve(name);
      dialog.close();
    }
  });
}

async function tryChoice(
  connection: Connection,
  choice: Choice,
  status: HTMLElement,
): Promise<string | undefined> {
  fill(status, 'Asking it…');
  try {
    return (await connection.ask({ type: 'connect', ...choice }, 'connected')).model;
  } catch (error) {
    fill(status, error instanceof Error ? error.message : 'That did not work.');
    return undefined;
  }
}

function facts({ model, where, cost }: Offer): HTMLElement {
  return el(
    'dl',
    { class: 'facts' },
    el('dt', {}, 'Model'),
    el('dd', {}, el('strong', {}, model)),
    el('dt', {}, 'Text goes to'),
    el('dd', {}, where),
    el('dt', {}, 'Cost'),
    el('dd', {}, cost),
  );
}

function input(label: string, type: string, placeholder: string): { row: HTMLElement; value(): string } {
  const autofocus = type === 'url';
  const field = el('input', { type, placeholder, autofocus, autocomplete: 'off', 'aria-label': label });
  return { row: el('label', {}, el('span', {}, label), field), value: () => field.value.trim() };
}
