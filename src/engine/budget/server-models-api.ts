import type { OfferedModel } from './model-shelf.ts';

/** What a server chose of the models that the operator offers. */
export type ServerModels = {
  offered(): readonly OfferedModel[];
  /** Before a key is asked for. @throws PlayerError where none could be kept for that model */
  checkTakesKey(id: string): void;
  /**
   * Keeps a server's own key for one of them, sealed with the store; it is never shown again.
   * @throws PlayerError where the model takes none, it is no key, or the store keeps no secrets
   */
  keepKey(server: string, id: string, key: string): Promise<void>;
  /** False where there was none. */
  dropKey(server: string, id: string): Promise<boolean>;
  /** For which models the server has a key of its own. */
  keys(server: string): Promise<readonly string[]>;
  /** Why a model that was chosen does not play, and the operator's own does; undefined where it plays. */
  missing(server: string, id: string): Promise<'not-offered' | 'no-key' | undefined>;
};
