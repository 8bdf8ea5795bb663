import type { WireWorld } from '../card-shapes.ts';
import type { WireLibrary, WireScene } from '../wire-shapes.ts';
import type { Asks } from './connection.ts';
import { openEditor } from './editor/editor-window.ts';
import { openGallery } from './gallery-dialog.ts';
import { openWorlds } from './worlds-dialog.ts';

/** The way to the cards: gallery, editor, worlds. Who leaves the editor is in the gallery again. */
export function createCardRoom(options: {
  readonly connection: Asks;
  readonly library: () => WireLibrary;
  readonly scene: () => WireScene | undefined;
  readonly onSummon: (id: string) => void;
  readonly onFile: (file: File) => void;
  readonly onProblem: (error: unknown) => void;
}): { openGallery(): void; libraryChanged(): void } {
  const { connection, library, scene, onSummon, onFile, onProblem } = options;
  let shown: { redraw(): void } | undefined;

  function gallery(): void {
    shown = openGallery({
      library,
      scene: scene(),
      onSummon,
      onFile,
      onEdit: edit,
      onNew: () => openEditor({ connection, opened: undefined, onClosed: gallery }),
      onWorlds: () => void openWorlds(connection, use).catch(onProblem),
    });
  }

  function edit(id: string): void {
    connection
      .ask({ type: 'card-open', character: id }, 'card-open')
      .then((opened) => openEditor({ connection, opened, onClosed: gallery }))
      .catch(onProblem);
  }

  function use({ id }: WireWorld, on: boolean): Promise<unknown> {
    return connection.ask({ type: 'command', text: `/lore ${on ? 'use' : 'drop'} ${id}` }, 'reply');
  }

  return { openGallery: gallery, libraryChanged: () => shown?.redraw() };
}
