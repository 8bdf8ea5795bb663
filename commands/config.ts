import type { Command } from '../src/engine/command/command.ts';
import { reset, set } from './config/change.ts';
import { exporting, importing } from './config/file.ts';
import { show } from './config/show.ts';

export const config: Command = {
  name: 'config',
  description: 'The settings of this place: who may play, how the cast plays, what it costs, what is safe',
  actions: { show, set, reset, export: exporting, import: importing },
};
