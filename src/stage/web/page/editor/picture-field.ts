import { toBase64 } from '../base64.ts';
import { button, el } from '../dom.ts';

const LARGEST = 8 * 1024 * 1024;

/** What a card's picture is to be: as it was, another (base64), or none. */
export type PictureChoice = string | null | undefined;

export type PictureField = {
  readonly root: HTMLElement;
  chosen(): PictureChoice;
  /** The choice stands now. */
  settle(avatar: string): void;
};

/** The card's face, and how to change it. Nothing is fetched from an address. */
export function createPictureField(options: {
  readonly avatar: string | undefined;
  readonly hasPicture: boolean;
  readonly onChange: () => void;
}): PictureField {
  let chosen: PictureChoice;
  const face = el('img', { src: options.avatar ?? '/initials/%3F', alt: 'The picture of this character' });
  const problem = el('p', { class: 'problem', role: 'alert', hidden: true });
  const picker: HTMLInputElement = el('input', {
    type: 'file',
    accept: 'image/png,image/jpeg,image/webp',
    hidden: true,
    'aria-label': 'Picture file',
    on: { change: () => void take() },
  });
  const remove = button('No picture', () => choose(null, '/initials/%3F'), {
    class: 'link',
    hidden: !options.hasPicture,
  });

  async function take(): Promise<void> {
    const [file] = picker.files ?? [];
    picker.value = '';
    if (!file) return;
    problem.hidden = file.size <= LARGEST;
    problem.textContent = 'That picture is too large: it may have 8 MB at most.';
    if (file.size > LARGEST) return;
    const data = toBase64(new Uint8Array(await file.arrayBuffer()));
    choose(data, `data:${file.type};base64,${data}`);
  }

  function choose(picture: PictureChoice, shown: string): void {
    chosen = picture;
    face.src = shown;
    remove.hidden = picture === null;
    options.onChange();
  }

  return {
    root: el(
      'div',
      { class: 'picture-field' },
      face,
      el(
        'div',
        {},
        button('Choose a picture', () => picker.click(), { class: 'link' }),
        remove,
        el('p', { class: 'hint' }, 'PNG, JPEG or WebP, at most 8 MB.'),
        problem,
      ),
      picker,
    ),
    chosen: () => chosen,
    settle(avatar) {
      chosen = undefined;
      face.src = avatar;
    },
  };
}
