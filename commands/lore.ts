import type { Command } from '../src/engine/command/command.ts';
import { deleting } from './lore/delete.ts';
import { exporting } from './lore/export.ts';
import { importing } from './lore/import.ts';
import { list } from './lore/list.ts';
import { show } from './lore/show.ts';
import { drop, use } from './lore/use.ts';

export const lore: Command = {
  name: 'lore',
  description: 'Lorebooks: what the cast knows of the world when it is spoken of',
  actions: { list, show, use, drop, import: importing, export: exporting, delete: deleting },
};
