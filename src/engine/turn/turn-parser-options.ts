import type { Library } from '../../cast/library/library-api.ts';
import type { TurnParserOptions } from '../../format/turn-parser.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import { type Actor, ENVIRONMENT } from '../../scene/beat.ts';
import { addresseeOf } from '../card-of.ts';
import type { LiveScene } from '../live-scene.ts';
import { everyoneIn } from '../reserved-names.ts';

/** Names that nobody's draft may speak under. */
const WORLD_NAMES: readonly string[] = [ENVIRONMENT.name, 'Narrator'];

/** How a draft of this actor is read: whose label may stand before it, whose cuts it. */
export function parserFor(
  live: LiveScene,
  actor: Actor,
  library: Library,
  model: ChatModel | undefined,
): TurnParserOptions {
  const world = actor.id === ENVIRONMENT.id;
  const others = everyoneIn(live).filter((other) => other.id !== actor.id);
  const names = others.flatMap((other) => addresseeOf(library, other).names);
  const own = world ? WORLD_NAMES : addresseeOf(library, actor).names;
  const planOpened = model?.profile === 'her' && model.planning !== 'off' && !world;
  return {
    speaker: { name: actor.name, aliases: own },
    others: [...names, ...(world ? [] : WORLD_NAMES)].filter((name) => !own.includes(name)),
    ...(planOpened ? { startInside: 'plan' as const } : {}),
  };
}
