import type { Change } from '../../cast/changes/proposal.ts';
import type { LoreEntry } from '../../cast/lore/lore.ts';
import type { Rehearsal } from '../../engine/cards/cards-api.ts';
import { SCRIPT } from '../../engine/turn/scripted-turn.ts';
import type { ChatMessage } from '../../model/chat-model.ts';
import type { WireChange, WireLoreEntry, WirePrompt, WireTriedTurn } from './card-shapes.ts';

/** From the engine's words to the wire's, for who works on cards; field by field, as in `wire-scene.ts`. */
export function wirePrompt(prompt: readonly ChatMessage[]): WirePrompt[number][] {
  return prompt.map(({ role, content }) => ({ role, content }));
}

export function wireTriedTurn({
  segments,
  faults,
  by,
  usage,
}: NonNullable<Rehearsal['turn']>): WireTriedTurn {
  return {
    segments: segments.map(({ kind, text }) => ({ kind, text })),
    faults: [...faults],
    ...(by === SCRIPT ? {} : { model: by }),
    ...(usage ? { promptTokens: usage.promptTokens, completionTokens: usage.completionTokens } : {}),
  };
}

export function wireChange({ field, before, after, to, sources, why }: Change): WireChange {
  return {
    field,
    before,
    after,
    ...(to === undefined ? {} : { to }),
    sources: [...sources],
    why,
  };
}

export function wireLoreEntry(entry: LoreEntry): WireLoreEntry {
  const { name, text, enabled, constant, probability, order } = entry;
  const { keys, secondaryKeys } = entry;
  return {
    name,
    keys: [...keys],
    secondaryKeys: [...secondaryKeys],
    text,
    enabled,
    constant,
    probability,
    order,
  };
}
