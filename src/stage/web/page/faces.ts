import type { Face as Known, WireBeat } from '../wire-shapes.ts';

type Actor = { readonly id: string; readonly name: string };

/** How someone appears in the channel. */
export type Face = {
  readonly name: string;
  readonly avatar: string;
  /** A colour for the name; players and the Narrator have the plain one. */
  readonly color: number | undefined;
  readonly isPlayer: boolean;
};

/** Everyone's looks, learnt from the library and from scenes. */
export type Faces = { learn(known: readonly Known[]): void; of(actor: Actor): Face };

export function createFaces(): Faces {
  const byCard = new Map<string, Known>();

  return {
    learn(known) {
      for (const one of known) byCard.set(one.id, one);
    },
    of(actor) {
      const name = nameOf(actor);
      if (isNarrator(actor)) return { name, avatar: '/narrator.svg', color: undefined, isPlayer: false };
      const card = cardIdOf(actor);
      if (card === undefined) {
        return { name, avatar: `/initials/${encodeURIComponent(name)}`, color: undefined, isPlayer: true };
      }
      const known = byCard.get(card);
      const avatar = known?.avatar ?? `/avatar/${encodeURIComponent(card)}`;
      return { name, avatar, color: known?.color, isPlayer: false };
    },
  };
}

/** To people the Environment is the Narrator. */
export function nameOf(actor: Actor): string {
  return isNarrator(actor) ? 'Narrator' : actor.name;
}

/** The card behind a character's actor id. */
export function cardIdOf(actor: Actor | undefined): string | undefined {
  return actor?.id.startsWith('character:') ? actor.id.slice('character:'.length) : undefined;
}

export function isPlayer(actor: Actor | undefined): boolean {
  return actor?.id.startsWith('player:') ?? false;
}

export function sameSpeaker(a: WireBeat | undefined, b: WireBeat): boolean {
  return a?.speaker !== undefined && a.speaker.id === b.speaker?.id;
}

function isNarrator({ id }: Actor): boolean {
  return id === 'environment';
}
