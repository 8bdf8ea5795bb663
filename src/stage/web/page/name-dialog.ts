import { openDialog } from './dialog.ts';
import { el } from './dom.ts';

/** Asks for the name to play under. Empty: the one that each scene gives. */
export function openNameDialog(name: string, onName: (name: string) => void): void {
  const field = el('input', {
    type: 'text',
    maxlength: 80,
    value: name,
    'aria-label': 'Your name in the scene',
  });
  const dialog = openDialog(
    'Who are you in the scene?',
    el(
      'form',
      {
        class: 'connect-form',
        on: {
          submit: (event) => {
            event.preventDefault();
            dialog.close();
            onName(field.value.trim());
          },
        },
      },
      el('label', {}, el('span', {}, 'Name'), field),
      el('p', { class: 'hint' }, 'Leave it empty to be who each scene makes you.'),
      el(
        'div',
        { class: 'dialog-actions' },
        el('button', { type: 'submit', class: 'primary' }, 'Play as this'),
      ),
    ),
  );
  field.select();
}
