import type { Command } from '../src/engine/command/command.ts';
import { clear, list, use } from './model/choice.ts';
import { forgetKey, key } from './model/keys.ts';

export const model: Command = {
  name: 'model',
  description: 'Which of the models that the operator offers plays here',
  actions: { list, use, clear, key, 'forget-key': forgetKey },
};
