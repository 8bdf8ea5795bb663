import { button, type Child, el } from './dom.ts';

/** A window over the page. Escape and a click beside it close it. */
export function openDialog(
  title: string,
  ...content: readonly Child[]
): { close(): void; root: HTMLElement } {
  const dialog = el(
    'dialog',
    {
      class: 'dialog',
      'aria-label': title,
      on: {
        click: (event) => {
          if (event.target === dialog) dialog.close();
        },
        close: () => dialog.remove(),
      },
    },
    el(
      'div',
      { class: 'dialog-body' },
      el(
        'header',
        {},
        el('h2', {}, title),
        button('Close', () => dialog.close(), { class: 'close', sign: '×' }),
      ),
      ...content,
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return { close: () => dialog.close(), root: dialog };
}
