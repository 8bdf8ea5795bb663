import type { Command, CommandAction, CommandContext } from '../src/engine/command/command.ts';
import { quick } from './bench/quick.ts';
import { stateWords } from './bench/state-words.ts';

const show: CommandAction = {
  description: 'How far the benchmark is, or what the last one came to',
  options: [],
  allowed: 'operator',
  alone: true,
  async run({ engine, reply }: CommandContext) {
    await reply(stateWords(engine.bench.state(), engine.bench.currency));
  },
};

const stop: CommandAction = {
  description: 'Ends the benchmark that is under way; nothing of it is kept',
  options: [],
  allowed: 'operator',
  alone: true,
  async run({ engine, reply }) {
    const stopped = await engine.bench.stop();
    await reply(stopped ? 'The benchmark is stopped. Nothing of it is kept.' : 'No benchmark is under way.');
  },
};

/** The operator’s alone: it asks the operator’s own models, and counts on no server’s budget. */
export const bench: Command = {
  name: 'bench',
  description: 'Scores the configured model on a few short scenes',
  actions: { quick, show, stop },
};
