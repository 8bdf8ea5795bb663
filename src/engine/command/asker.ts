import type { Asker } from '../player.ts';
import type { Who } from './command.ts';

/** Who used a command, for what the engine itself decides. */
export function askerOf({ id, manager, operator, moderator = false, roles = [] }: Who): Asker {
  return { id, roles, moderator: manager || operator || moderator };
}
