import type { Engine } from '../../src/engine/engine-api.ts';
import { type Message, say } from '../../src/words/text.ts';

/** Why a model that was chosen does not play, for people; undefined where it does. */
export async function notPlaying(
  { serverModels }: Pick<Engine, 'serverModels'>,
  server: string,
  model: string,
): Promise<Message | undefined> {
  switch (await serverModels.missing(server, model)) {
    case 'not-offered':
      return say('{{model}} was chosen and is no longer offered: the operator’s own model plays here.', {
        model,
      });
    case 'no-key':
      return say('{{model}} was chosen and needs a key: until /model key the operator’s own plays here.', {
        model,
      });
    case undefined:
      return undefined;
  }
}
