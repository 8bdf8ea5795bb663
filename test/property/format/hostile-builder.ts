import { type Layer, SENTENCES, withMarker } from './hostile-words.ts';
import type { Random } from './random.ts';

/** A model's output gone wrong in ways that are known, with a marker in every layer. */
export type HostileTurn = {
  readonly text: string;
  /** `PLANn`: nobody may ever see these. */
  readonly plan: readonly string[];
  /** `SECRETn`: only the speaker may. */
  readonly secret: readonly string[];
  /** `SAYn` and `ACTn`: where `tier` is 1 they must all survive. */
  readonly visible: readonly string[];
  /** 1: hide all and lose nothing; 2: hide all, visible text may be lost; 3: tags cannot tell, hide or reject. */
  readonly tier: 1 | 2 | 3;
  /** What was done to it, for messages of failing tests. */
  readonly kinds: readonly string[];
};

/** Whose turn it is, who else is there, and what makes the markers of one turn unlike those of another. */
export type Cast = { readonly speaker: string; readonly other: string; readonly mark: string };

/** Writes a hostile turn piece by piece, and keeps what may be seen of it. */
export type Builder = ReturnType<typeof createBuilder>;

/** Nothing written yet. */
export function createBuilder(random: Random, { speaker, other, mark }: Cast) {
  const markers: Record<Layer, string[]> = { plan: [], secret: [], say: [], act: [] };
  const kinds: string[] = [];
  let text = '';
  let tier: 1 | 2 | 3 = 1;
  return {
    random,
    speaker,
    other,
    /** Something stands open, so that a closer too many may be taken for its own. */
    dangling: false,
    write(piece: string): void {
      text += piece;
    },
    get text(): string {
      return text;
    },
    kind(name: string, at: 1 | 2 | 3 = 1): void {
      kinds.push(name);
      if (at > tier) tier = at;
    },
    /** A sentence of a layer, with a new marker somewhere in it. */
    sentence(layer: Layer): string {
      const prefix = { plan: 'PLAN', secret: 'SECRET', say: 'SAY', act: 'ACT' }[layer];
      const marker = `${prefix}${mark}${markers[layer].length + 1}`;
      markers[layer].push(marker);
      return withMarker(random, marker, random.pick(SENTENCES[layer]));
    },
    /** Forgets the visible markers so far: they stand where nothing can be saved. */
    giveUpVisible(): void {
      markers.say.length = 0;
      markers.act.length = 0;
    },
    done(): HostileTurn {
      return {
        text,
        plan: markers.plan,
        secret: markers.secret,
        visible: [...markers.say, ...markers.act],
        tier,
        kinds,
      };
    },
  };
}
