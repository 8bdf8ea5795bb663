import { weightOf } from '../../../scene/weight-of.ts';
import { seenText } from './actor.ts';
import type { Chunk, Message } from './message.ts';
import { quotable } from './quotable.ts';

/** One part of what stands within a judge’s fence. */
export type Shown = { readonly title: string; readonly text: string };

/**
 * A chunk as a judge reads it, each line under a title of its own: what a line says cannot pass for another
 * one. Nothing but what can be seen is in it.
 */
export function shownChunk({ exchanges }: Chunk, name: string, most: number): readonly Shown[] {
  return exchanges.flatMap(({ number, user, actor }) => [
    { title: `turn ${number}, the user`, text: cut(quotable(user.text), most) },
    { title: `turn ${number}, the model`, text: cut(quotable(seenText(actor, name)), most) },
  ]);
}

/** As much of what came before as there is room for, the newest. */
export function shownBefore(before: readonly Message[], name: string, room: number): readonly Shown[] {
  const shown: Shown[] = [];
  let left = room;
  for (const message of before.toReversed()) {
    const text = quotable(seenText(message, name));
    left -= weightOf(text) + 40;
    if (left < 0) break;
    shown.unshift({ title: `before, the ${message.by === 'user' ? 'user' : 'model'}`, text });
  }
  return shown;
}

/** So much weight may each line of a chunk have, for all of them to fit. */
export function lineRoom({ exchanges }: Chunk, room: number): number {
  return Math.max(200, Math.floor(room / Math.max(1, exchanges.length * 2)) - 40);
}

function cut(text: string, most: number): string {
  if (weightOf(text) <= most) return text;
  const share = most / weightOf(text);
  return `${text.slice(0, Math.floor(text.length * share)).toWellFormed()}…`;
}
