import { OperatorError } from '../../errors.ts';
import type { NamedModels } from './house.ts';
import type { ClientMessageOf } from './protocol.ts';
import type { Seat } from './seat.ts';
import type { ServerMessageOf } from './server-message.ts';
import type { StageHouse } from './stage-house.ts';

export type ModelMessage = ClientMessageOf<'models' | 'model-fetch' | 'model-stop'>;

/** For stages that download nothing. */
export const NO_MODELS: NamedModels = {
  list: async () => ({ models: [], install: undefined }),
  fetch: () => Promise.reject(new OperatorError('No model can be downloaded here.')),
  stop: async () => {},
};

/** Milliseconds between two words of how far a download is. */
const BETWEEN_MS = 300;

/** Named models: which there are, one downloaded, one stopped. @throws OperatorError saying what to do */
export async function answerModels(
  message: ModelMessage,
  { house }: Seat,
): Promise<ServerMessageOf<'models' | 'done'>> {
  switch (message.type) {
    case 'models':
      return listed(house);
    case 'model-fetch': {
      const { model } = message;
      const progress = everySoOften(house, model);
      try {
        await house.models.fetch(model, progress.note);
      } finally {
        progress.end();
        // Who else looks at them sees it end, too.
        house.announce(await listed(house));
      }
      return listed(house);
    }
    case 'model-stop':
      await house.models.stop(message.model);
      return { type: 'done' };
  }
}

async function listed({ models }: StageHouse): Promise<ServerMessageOf<'models'>> {
  const { models: list, install } = await models.list();
  return {
    type: 'models',
    models: [...list],
    installed: install === undefined,
    ...(install === undefined ? {} : { install }),
  };
}

/** Tells the newest of what it is told, at once and then every so often. */
function everySoOften(house: StageHouse, model: string) {
  let newest: { readonly bytes: number; readonly of: number } | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    waiting = undefined;
    if (!newest) return;
    house.announce({ type: 'model-progress', model, ...newest });
    newest = undefined;
    waiting = setTimeout(tell, BETWEEN_MS);
  }

  return {
    note(bytes: number, of: number): void {
      newest = { bytes, of };
      if (waiting === undefined) tell();
    },
    end(): void {
      clearTimeout(waiting);
      tell();
      clearTimeout(waiting);
    },
  };
}
