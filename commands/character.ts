import type { Command } from '../src/engine/command/command.ts';
import { create } from './character/create.ts';
import { deleting } from './character/delete.ts';
import { edit } from './character/edit.ts';
import { enrich } from './character/enrich.ts';
import { exporting } from './character/export.ts';
import { importing } from './character/import.ts';
import { list } from './character/list.ts';
import { show } from './character/show.ts';

export const character: Command = {
  name: 'character',
  description: 'Who can be summoned here: write, bring, change and look up characters',
  actions: {
    create,
    edit,
    enrich,
    import: importing,
    export: exporting,
    list,
    show,
    delete: deleting,
  },
};
