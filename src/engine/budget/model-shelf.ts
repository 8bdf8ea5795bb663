import type { Models } from '../models.ts';

/** A model that the operator lets servers choose. */
export type OfferedModel = {
  /** As moderators name it; stored. */
  readonly id: string;
  /** As its endpoint calls it. */
  readonly name: string;
  /** Where text would go, for people: `https://api.example.com/v1`. */
  readonly place: string;
  /** A server may use it with a key of its own. Its address is the operator's all the same. */
  readonly takesKey: boolean;
  /** It plays for nobody without one. */
  readonly needsKey: boolean;
};

/** The models that servers may choose among; filled by the operator (`models.yaml`, `offered`). */
export type ModelShelf = {
  offered(): readonly OfferedModel[];
  /**
   * The models to play with instead of the operator's, always the same ones for one id and key;
   * undefined where that id is not offered (any more), or needs a key.
   * @param key a server's own; sent to that model's address and nowhere else
   */
  open(id: string, key: string | undefined): Models | undefined;
};
