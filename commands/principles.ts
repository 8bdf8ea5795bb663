import type { Command } from '../src/engine/command/command.ts';
import { add } from './principles/add.ts';
import { list } from './principles/list.ts';
import { remove } from './principles/remove.ts';
import { show } from './principles/show.ts';

export const principles: Command = {
  name: 'principles',
  description: 'What lines are judged by where several versions are compared, and what you ask of them',
  actions: { add, list, remove, show },
};
