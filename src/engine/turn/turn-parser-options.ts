import type { Library } from '../../cast/library/library-api.ts';
import { namesOf } from '../../cast/name-parts.ts';
import type { TurnParserOptions } from '../../format/turn-parser.ts';
import type { ChatModel } from '../../model/chat-model.ts';
import { type Actor, ENVIRONMENT } from '../../scene/beat.ts';
import { cardOf } from '../card-of.ts';
import type { LiveScene } from '../live-scene.ts';

/** Names that nobody's draft may speak under. */
const WORLD_NAMES = [ENVIRONMENT.name, 'Narrator'] as const;

/** How a draft of this actor is read: whose label may stand before it, whose cuts it. */
export function parserFor(
  live: LiveScene,
  actor: Actor,
  library: Library,
  model: ChatModel | undefined,
): TurnParserOptions {
  const card = cardOf(library, actor.id);
  const others = [...live.state.people.values()].filter((person) => person.actor.id !== actor.id);
  const names = others.flatMap(({ actor: other }) => {
    const otherCard = cardOf(library, other.id);
    return otherCard ? namesOf(otherCard) : [other.name];
  });
  const own = card ? namesOf(card) : [...WORLD_NAMES];
  return {
    speaker: { name: actor.name, aliases: own },
    others: [...names, ...(card ? WORLD_NAMES : [])].filter((name) => !own.includes(name)),
    ...(model?.profile === 'her' && model.planning !== 'off' && card ? { startInside: 'plan' as const } : {}),
  };
}
