import type { WireLoreEntry, WireWorld } from '../card-shapes.ts';
import { confirmDialog } from './confirm-dialog.ts';
import type { Asks } from './connection.ts';
import { openDialog } from './dialog.ts';
import { button, type Child, el, fill } from './dom.ts';
import { saveFile } from './save-file.ts';

/** Lorebooks of one's own: which are in play here, what is in them. */
export async function openWorlds(
  connection: Asks,
  onUse: (world: WireWorld, use: boolean) => Promise<unknown>,
): Promise<void> {
  const list = el('ul', { class: 'worlds' }, el('li', {}, 'Looking…'));
  const problem = el('p', { class: 'problem', role: 'alert' });
  const dialog = openDialog(
    'Worlds',
    el(
      'p',
      { class: 'hint' },
      'Lorebooks that several characters share. An entry stands in a prompt only where its character witnessed what calls it up. Drop a file on the page to bring one.',
    ),
    problem,
    list,
  );
  dialog.root.classList.add('wide-dialog');

  async function draw(): Promise<void> {
    const { worlds } = await connection.ask({ type: 'world-list' }, 'worlds');
    fill(
      list,
      ...worlds.map(row),
      worlds.length === 0 && el('li', { class: 'none' }, 'There are no worlds here yet.'),
    );
  }

  function row(world: WireWorld): Child {
    const { id, name, entries, here } = world;
    const inside = el('ol', { class: 'world-entries' });
    const details = el(
      'details',
      {
        on: {
          toggle: () => {
            if (details.open && inside.children.length === 0) attempt(open());
          },
        },
      },
      el(
        'summary',
        {},
        el('strong', {}, name),
        el(
          'small',
          {},
          ` ${entries} ${entries === 1 ? 'entry' : 'entries'}${here ? ' · in play in this scene' : ''}`,
        ),
      ),
      inside,
    ) as HTMLDetailsElement;

    async function open(): Promise<void> {
      const answer = await connection.ask({ type: 'world-open', world: id }, 'world');
      fill(inside, ...answer.entries.map(entryElement));
    }

    return el(
      'li',
      {},
      details,
      el(
        'div',
        { class: 'world-actions' },
        button(
          here ? 'Take out of this scene' : 'Use in this scene',
          () => attempt(onUse(world, !here).then(draw)),
          {
            class: 'quiet-button',
            'aria-label': here ? `Take ${name} out of this scene` : `Use ${name} in this scene`,
          },
        ),
        button('Export', () => attempt(exported()), {
          class: 'quiet-button',
          'aria-label': `Export ${name}`,
        }),
        button('Delete', () => attempt(remove()), {
          class: 'quiet-button danger',
          'aria-label': `Delete ${name}`,
        }),
      ),
    );

    async function exported(): Promise<void> {
      saveFile((await connection.ask({ type: 'world-export', world: id }, 'file')).file);
    }

    async function remove(): Promise<void> {
      const sure = await confirmDialog({
        title: `Delete ${name}?`,
        words: 'The lorebook is gone then; scenes that use it go on without it.',
        yes: 'Delete the world',
        no: 'Keep it',
      });
      if (!sure) return;
      await connection.ask({ type: 'world-delete', world: id }, 'done');
      await draw();
    }
  }

  function attempt(work: Promise<unknown>): void {
    work
      .then(() => {
        problem.textContent = '';
      })
      .catch((error: unknown) => {
        problem.textContent = error instanceof Error ? error.message : 'That did not work.';
      });
  }

  await draw();
}

function entryElement({ name, keys, secondaryKeys, text, enabled, constant, ...of }: WireLoreEntry): Child {
  const facts = [
    constant ? 'always there' : `called up by ${keys.join(', ') || 'nothing'}`,
    ...(secondaryKeys.length > 0 ? [`and one of ${secondaryKeys.join(', ')}`] : []),
    ...(of.probability < 100 ? [`${of.probability} %`] : []),
    `order ${of.order}`,
    ...(enabled ? [] : ['switched off']),
  ];
  return el(
    'li',
    { class: enabled ? '' : 'off' },
    el('strong', {}, name),
    el('small', {}, ` ${facts.join(' · ')}`),
    el('p', {}, text),
  );
}
