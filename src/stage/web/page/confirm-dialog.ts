import { openDialog } from './dialog.ts';
import { button, el } from './dom.ts';

/** Asks before something is lost. False where it is left in any other way than by `yes`. */
export function confirmDialog(options: {
  readonly title: string;
  readonly words: string;
  readonly yes: string;
  readonly no: string;
}): Promise<boolean> {
  return new Promise((resolve) => {
    let answer = false;
    const stay = button(options.no, () => dialog.close(), { class: 'primary', autofocus: true });
    const dialog = openDialog(
      options.title,
      el('p', {}, options.words),
      el(
        'div',
        { class: 'dialog-actions' },
        stay,
        button(
          options.yes,
          () => {
            answer = true;
            dialog.close();
          },
          { class: 'secondary danger' },
        ),
      ),
    );
    dialog.root.addEventListener('close', () => resolve(answer));
    stay.focus();
  });
}
