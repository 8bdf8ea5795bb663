import type { ServerMessageOf } from '../../server-message.ts';
import { confirmDialog } from '../confirm-dialog.ts';
import type { Asks } from '../connection.ts';
import { el, fill } from '../dom.ts';
import { saveFile } from '../save-file.ts';
import { blankCard, createCardDraft } from './card-draft.ts';
import { createCardForm } from './card-form.ts';
import { createEditorHead, type ExportKind } from './editor-head.ts';
import { createEditorTabs } from './editor-tabs.ts';
import { openEnrichDialog } from './enrich-dialog.ts';
import { createPictureField } from './picture-field.ts';
import { createPreview } from './preview.ts';
import { createTryPanel } from './try-panel.ts';

/** The window in which a card is written: the form, the prompt that it makes, and a turn to try. */
export function openEditor(options: {
  readonly connection: Asks;
  /** Without one: a new card. */
  readonly opened: ServerMessageOf<'card-open'> | undefined;
  readonly onClosed: () => void;
}): void {
  const { connection, opened, onClosed } = options;
  const draft = createCardDraft(opened?.card ?? blankCard());
  let character = opened?.character;
  let pictureChanged = false;
  let saving = false;
  let edits = 0;

  const picture = createPictureField({
    avatar: character?.avatar,
    hasPicture: opened?.picture ?? false,
    onChange: () => {
      pictureChanged = true;
      drawHead();
    },
  });
  const form = createCardForm(draft, picture.root);
  const preview = createPreview({
    draft,
    onField: (path) => {
      tabs.show('card');
      form.focus(path);
    },
    onAsk: () => connection.ask({ type: 'card-preview', card: draft.card() }, 'card-preview'),
    onTokens: form.setTokens,
  });
  const trying = createTryPanel({
    face: () => ({
      name: draft.text('name') || 'Nobody yet',
      avatar: character?.avatar ?? `/initials/${encodeURIComponent(draft.text('name') || '?')}`,
      color: character?.color,
    }),
    onTry: async (cue) => {
      const before = edits;
      const tried = await connection.ask({ type: 'card-try', card: draft.card(), cue }, 'card-tried');
      // A model takes its time: where the card was edited meanwhile, this is the prompt of before.
      if (edits === before) preview.show(tried.prompt);
      return tried;
    },
  });
  const warnings = el('ul', { class: 'editor-warnings', role: 'alert' });
  const head = createEditorHead({
    onSave: () => void save(),
    onDelete: () => void askToDelete(),
    onEnrich: () =>
      openEnrichDialog({
        onAsk: (text) => connection.ask({ type: 'card-enrich', card: draft.card(), text }, 'proposal'),
        onTake: async (changes) => {
          const taken = await connection.ask(
            { type: 'card-take', card: draft.card(), changes: [...changes] },
            'card-taken',
          );
          draft.replace(taken.card);
          form.redraw();
        },
      }),
    onExport: (as) => void exportAs(as),
    onClose: () => void leave(),
  });
  const tabs = createEditorTabs({ card: form.root, prompt: preview.root, try: trying });
  const dialog = el(
    'dialog',
    {
      class: 'dialog editor',
      'aria-label': 'Card editor',
      on: {
        keydown: (event) => {
          if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void save();
        },
        cancel: (event) => {
          event.preventDefault();
          void leave();
        },
        close: () => {
          removeEventListener('beforeunload', guard);
          preview.close();
          dialog.remove();
          onClosed();
        },
      },
    },
    head.root,
    warnings,
    tabs.root,
  );

  const isChanged = () => draft.isChanged() || pictureChanged;
  const guard = (event: BeforeUnloadEvent) => {
    if (isChanged()) event.preventDefault();
  };

  function drawHead(): void {
    head.set({ name: draft.text('name'), source: character?.source, changed: isChanged() });
  }

  function say(words: readonly string[]): void {
    const left = form.setProblems(words);
    fill(warnings, ...left.map((line) => el('li', {}, line)));
  }

  async function save(): Promise<void> {
    if (saving) return;
    saving = true;
    const card = draft.card();
    const chosen = picture.chosen();
    try {
      const saved = await connection.ask(
        {
          type: 'card-save',
          card,
          ...(character ? { character: character.id } : {}),
          ...(chosen === undefined ? {} : { picture: chosen }),
        },
        'card-saved',
      );
      const copied = character?.source === 'shipped';
      character = saved.character;
      draft.markSaved(card);
      if (picture.chosen() === chosen) {
        pictureChanged = false;
        picture.settle(character.avatar);
      }
      drawHead();
      head.say(copied ? 'Saved as a card of your own; what ships stays as it is.' : 'Saved.');
      say(saved.warnings);
    } catch (error) {
      head.say('Not saved.', true);
      say([error instanceof Error ? error.message : 'That did not work.']);
    } finally {
      saving = false;
    }
  }

  async function exportAs(as: ExportKind): Promise<void> {
    if (!character || isChanged()) return head.say('Save it first: a file holds what is saved.', true);
    try {
      const { file } = await connection.ask({ type: 'card-export', character: character.id, as }, 'file');
      saveFile(file);
      head.say(`${file.name} was handed to your browser.`);
    } catch (error) {
      say([error instanceof Error ? error.message : 'That did not work.']);
    }
  }

  async function askToDelete(): Promise<void> {
    if (!character) return dialog.close();
    const sure = await confirmDialog({
      title: `Delete ${character.name}?`,
      words: 'The card is gone then, with its picture. Scenes in which they played go on without them.',
      yes: 'Delete the card',
      no: 'Keep it',
    });
    if (!sure) return;
    try {
      await connection.ask({ type: 'card-delete', character: character.id }, 'done');
      dialog.close();
    } catch (error) {
      say([error instanceof Error ? error.message : 'That did not work.']);
    }
  }

  async function leave(): Promise<void> {
    const loses =
      isChanged() &&
      !(await confirmDialog({
        title: 'Leave without saving?',
        words: 'What you changed in this card is not saved.',
        yes: 'Throw the changes away',
        no: 'Go on editing',
      }));
    if (!loses) dialog.close();
  }

  draft.onChange(() => {
    edits += 1;
    drawHead();
  });
  addEventListener('beforeunload', guard);
  drawHead();
  document.body.append(dialog);
  dialog.showModal();
  if (!character) form.focus('name');
}
