import type { Command } from '../src/engine/command/command.ts';

export const stop: Command = {
  name: 'stop',
  description: 'End the turn that is being made',
  action: {
    description: 'End the turn that is being made',
    options: [],
    allowed: 'player',
    async run({ engine, place, reply }) {
      const stopped = await engine.stop(place.scene);
      await reply(
        stopped
          ? 'Stopped. Say something, or /next goes on.'
          : 'Nothing was being made; there is nothing to stop.',
      );
    },
  },
};
