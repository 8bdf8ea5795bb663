import type { Message } from './message.ts';

/** Whom the tested model plays, and to whom. */
export type ActorSheet = {
  readonly name: string;
  /** Who it is and where, as the data tell. */
  readonly setting: string;
  readonly user: { readonly name: string; readonly sheet: string };
  /** Turns of its own to learn its voice from. */
  readonly examples?: readonly string[];
};

/** In which form the tested model is asked: as it plays in Discord, or as any chat is. */
export type ActorFormat = 'her' | 'plain';

/** A turn that nothing can be seen of: what stands for it before the user and the judge. */
export function silenceOf(name: string): string {
  return `(${name} says and does nothing.)`;
}

/** A message as the other side reads it. */
export function seenText({ text }: Message, name: string): string {
  return text === '' ? silenceOf(name) : text;
}
