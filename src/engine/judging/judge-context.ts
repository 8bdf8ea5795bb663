import { contextOf } from '../../judge/context/context-of.ts';
import type { JudgeContext } from '../../judge/verdict/verdict.ts';
import type { ActorId } from '../../scene/beat.ts';
import { cardMacros } from '../card-macros.ts';
import { cardOf } from '../card-of.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { knownTo } from '../user-name.ts';

/**
 * What a judge of that character's turn may read: the character's own view. Undefined where it has none.
 * @param before only what it perceived before this beat
 * @param contextSize tokens that the judge can read
 */
export function judgeContext(
  room: EngineRoom,
  live: LiveScene,
  id: ActorId,
  contextSize: number,
  before?: number,
): JudgeContext | undefined {
  const library = room.libraryOf(live.record);
  const character = cardOf(library, id);
  const view = live.minds.people.get(id);
  if (!character || !view) return undefined;
  const known = knownTo(live, id);
  const others = [...live.state.people.values()].flatMap(({ actor, present }) => {
    const sheet = cardOf(library, actor.id)?.publicSheet ?? '';
    return present && actor.id !== id && known.has(actor.id) && sheet ? [{ name: actor.name, sheet }] : [];
  });
  const macros = cardMacros(live, character, room.clock.now());
  return contextOf({
    character,
    macros,
    setting: live.state.setting,
    others,
    view,
    ...(before === undefined ? {} : { before }),
    budget: Math.max(MIN_LINES, contextSize * LINES_SHARE),
  });
}

/** Characters of lines for each token that the judge can read: a third of its window, at three a token. */
const LINES_SHARE = 1;
const MIN_LINES = 1500;
