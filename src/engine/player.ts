import type { PersonFacts } from './access/access-api.ts';

/** A human as a stage knows them: the stage's own id, and the name they bear in the scene. */
export type Player = PersonFacts & { readonly name: string; readonly sheet?: string };

/** Who asks: what belongs to some (swipes, peeks) is theirs, the scene owner's and the moderators'. */
export type Asker = {
  /** Stage user id. */
  readonly id: string;
  readonly roles?: readonly string[];
  /** Manage Server, a moderators' role, or the person at the local stage. */
  readonly moderator: boolean;
};
