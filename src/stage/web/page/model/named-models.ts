import type { ServerMessageOf } from '../../server-message.ts';
import type { Connection } from '../connection.ts';
import { button, type Child, el, fill } from '../dom.ts';
import { sizeWords } from './size-words.ts';

type Named = ServerMessageOf<'models'>['models'][number];

/**
 * Models that can be downloaded by name: what each is, how large, from where and under which licence, and
 * nothing is fetched before somebody says yes to that.
 *
 * @param onUse one that is there is to play
 */
export function createNamedModels(
  connection: Connection,
  onUse: (model: Named) => void,
): { readonly root: HTMLElement; close(): void } {
  const list = el('ul', { class: 'named-models' });
  const hint = el('p', { class: 'hint' });
  const root = el('section', { class: 'named-section', hidden: true }, el('h3', {}, TITLE), hint, list);
  /** By id; a row stays as it is while its download goes on. */
  const rows = new Map<string, Row>();

  function draw({ models, install }: ServerMessageOf<'models'>): void {
    root.hidden = models.length === 0 && install === undefined;
    const [first] = models;
    fill(
      hint,
      install ??
        `They play in this process; the text of a scene stays on this machine.${first ? ` They come from ${first.from}, and only after you said so.` : ''}`,
    );
    // What cannot be played is not offered.
    list.hidden = install !== undefined;
    for (const model of models) {
      const row = rows.get(model.id) ?? createRow(connection, onUse);
      rows.set(model.id, row);
      row.show(model);
    }
    fill(list, ...models.map(({ id }) => rows.get(id)?.root));
  }

  const leave = [
    connection.on('models', draw),
    connection.on('model-progress', ({ model, bytes, of }) => rows.get(model)?.progress(bytes, of)),
  ];
  // Without an answer there is nothing to offer, and the rest of the window works all the same.
  connection.ask({ type: 'models' }, 'models').catch(() => undefined);
  return {
    root,
    close() {
      for (const one of leave) one();
    },
  };
}

const TITLE = 'A small model on this machine';

type Row = {
  readonly root: HTMLElement;
  show(model: Named): void;
  progress(bytes: number, of: number): void;
};

function createRow(connection: Connection, onUse: (model: Named) => void): Row {
  const facts = el('dl', { class: 'facts' });
  const actions = el('div', { class: 'named-actions' });
  const status = el('p', { class: 'hint named-status', role: 'status' });
  const bar = el('progress', { max: 1, value: 0 });
  const howFar = el('span', {});
  const root = el('li', {}, el('div', { class: 'named-row' }, facts, actions), status);
  let now: Named | undefined;

  function show(model: Named): void {
    now = model;
    fill(facts, ...factsOf(model));
    if (model.coming) showLoading(model);
    else if (model.offer !== undefined) {
      act(button(`Use ${model.name}`, () => onUse(model), { class: 'primary' }));
    } else if (model.state === 'there') act();
    else act(button(labelOf(model), askFirst, { class: 'secondary' }));
  }

  function act(...buttons: readonly Child[]): void {
    const hadFocus = actions.contains(document.activeElement);
    fill(actions, ...buttons);
    if (hadFocus) actions.querySelector('button')?.focus();
  }

  function askFirst(): void {
    if (!now) return;
    const { name, bytes, licence, from } = now;
    const size = bytes === undefined ? 'a size that its server tells' : sizeWords(bytes);
    fill(
      status,
      `Download ${name} (${size}, ${licence}) from ${from}? It is kept in data/models. ${from} sees this machine’s address, and nothing of your scenes.`,
    );
    act(
      button('Yes, download it', () => void download(), { class: 'primary' }),
      button('Not now', () => {
        fill(status);
        if (now) show(now);
      }),
    );
  }

  async function download(): Promise<void> {
    if (!now) return;
    const { id, name } = now;
    fill(status);
    showLoading(now);
    try {
      const { models } = await connection.ask({ type: 'model-fetch', model: id }, 'models');
      const state = models.find((model) => model.id === id)?.state;
      fill(
        status,
        state === 'there' ? `${name} is here, whole and as it should be.` : 'Stopped. What came is kept.',
      );
    } catch (error) {
      fill(status, error instanceof Error ? error.message : 'That did not work.');
      // Where the connection went, too, nobody says that it ended.
      if (actions.contains(bar)) show({ ...now, coming: false });
    }
  }

  function showLoading({ id, name, have, bytes }: Named): void {
    bar.setAttribute('aria-label', `Download of ${name}`);
    if (!actions.contains(bar)) {
      fill(status);
      act(
        bar,
        howFar,
        button(
          'Stop',
          () => void connection.ask({ type: 'model-stop', model: id }, 'done').catch(() => undefined),
          {
            class: 'secondary',
            'aria-label': `Stop the download of ${name}`,
          },
        ),
      );
    }
    if (bytes !== undefined) progress(have, bytes);
  }

  function progress(bytes: number, of: number): void {
    // Begun on another page: this one joins in.
    if (now && !actions.contains(bar)) showLoading(now);
    bar.max = of;
    bar.value = bytes;
    fill(howFar, `${sizeWords(bytes)} of ${sizeWords(of)}`);
  }

  return { root, show, progress };
}

function labelOf({ name, state }: Named): string {
  return state === 'partly' ? `Go on with ${name}…` : `Download ${name}…`;
}

function factsOf({ name, bytes, licence, where, state, have }: Named): readonly Child[] {
  const size = bytes === undefined ? 'not known before' : sizeWords(bytes);
  const here = state === 'partly' ? `, ${sizeWords(have)} of it here` : '';
  return [
    el('dt', {}, 'Model'),
    el('dd', {}, el('strong', {}, name)),
    el('dt', {}, 'Size'),
    el('dd', {}, size + here),
    el('dt', {}, 'Licence'),
    el('dd', {}, licence),
    el('dt', {}, 'Text goes to'),
    el('dd', {}, where),
  ];
}
