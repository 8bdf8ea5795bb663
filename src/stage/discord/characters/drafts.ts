import { randomBytes } from 'node:crypto';
import type { CardData } from '../../../cast/cards/card-data.ts';
import type { FittedPicture } from '../../../cast/pictures/fit-picture.ts';
import { PlayerError } from '../../../errors.ts';

/** A card that somebody is writing; nothing of it is kept before it is saved. */
export type CardDraft = {
  readonly token: string;
  readonly server: string;
  /** Discord user id. */
  readonly by: string;
  /** The card that is changed, as it was then; absent for a new one. */
  readonly began: { readonly id: string; readonly card: CardData } | undefined;
  card: CardData;
  /** null: none any more; undefined: as it was. */
  picture: FittedPicture | null | undefined;
  at: number;
};

/** After so long without a step it is over: a form of long texts takes a while to write, and is one step. */
const LASTS_MS = 60 * 60 * 1000;

/** So many each person may have under way in a server, and all together: each may hold a picture of 1 MB. */
const MOST_EACH = 5;
const MOST = 100;

export type CardDrafts = ReturnType<typeof createCardDrafts>;

/** Cards under way: in memory alone. The oldest make room for new ones. */
export function createCardDrafts(now: () => number) {
  const drafts = new Map<string, CardDraft>();

  function dropOld(): void {
    for (const [token, { at }] of drafts) if (now() - at > LASTS_MS) drafts.delete(token);
  }

  /** The one that was used longest ago, where there are too many. */
  function makeRoom(among: (draft: CardDraft) => boolean, most: number): void {
    const some = [...drafts.values()].filter(among).sort((one, other) => one.at - other.at);
    for (const { token } of some.slice(0, Math.max(0, some.length - most + 1))) drafts.delete(token);
  }

  return {
    begin(whose: Pick<CardDraft, 'server' | 'by' | 'began' | 'card'>): CardDraft {
      dropOld();
      makeRoom(({ server, by }) => server === whose.server && by === whose.by, MOST_EACH);
      makeRoom(() => true, MOST);
      const token = randomBytes(9).toString('base64url');
      const draft = { ...whose, token, picture: undefined, at: now() };
      drafts.set(token, draft);
      return draft;
    },
    /** @throws PlayerError where it is over, or somebody else's */
    of(token: string, server: string, by: string): CardDraft {
      dropOld();
      const draft = drafts.get(token);
      if (draft?.server !== server || draft.by !== by) {
        throw new PlayerError(
          'This draft is over, and nothing more of it is saved. /character create and /character edit begin anew.',
        );
      }
      draft.at = now();
      return draft;
    },
    isUnderWay: (draft: CardDraft): boolean => drafts.get(draft.token) === draft,
    end(draft: CardDraft): void {
      drafts.delete(draft.token);
    },
    /** It is not over after all. */
    keep(draft: CardDraft): void {
      drafts.set(draft.token, draft);
    },
  };
}
