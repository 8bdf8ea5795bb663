import { unheard } from '../../engine/command/unheard.ts';
import type { Heard } from '../../engine/engine-api.ts';
import { PlayerError } from '../../errors.ts';
import type { ServerMessageOf } from './server-message.ts';

/** @throws PlayerError why it was not */
export function heardAnswer(result: Heard): ServerMessageOf<'heard'> {
  if (result.heard) return { type: 'heard', beat: result.beat };
  throw new PlayerError(unheard[result.because]);
}
