import { say, type Text } from '../../words/text.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { SceneRecord } from '../scene-record.ts';

/**
 * Whether somebody who runs that server goes by a name that looks like this one, as far as its surface can
 * tell just now; `except`: a person who may.
 */
export async function isStaffName(
  room: EngineRoom,
  { stage, server }: { readonly stage: SceneRecord['stage']; readonly server?: string | undefined },
  name: string,
  except?: string,
): Promise<boolean> {
  if (server === undefined) return false;
  return (await room.stage({ stage })?.staffNamed?.(server, name, except)) ?? false;
}

export function staffNameWords(name: string): Text {
  return say('Somebody who runs this server goes by a name like “{{name}}”: it has to be another one.', {
    name,
  });
}
