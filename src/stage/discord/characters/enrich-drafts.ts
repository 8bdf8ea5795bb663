import { randomBytes } from 'node:crypto';
import type { Change, Proposal } from '../../../cast/changes/proposal.ts';
import { PlayerError } from '../../../errors.ts';

/** What somebody is choosing from; nothing of it is kept before they take it. */
export type EnrichDraft = {
  readonly token: string;
  readonly server: string;
  /** Discord user id. */
  readonly by: string;
  /** The card's id. */
  readonly id: string;
  readonly name: string;
  readonly dropped: Proposal['dropped'];
  /** As they stand: a person may have put them in words of their own. */
  readonly changes: Change[];
  /** Indexes of those that are chosen, and of those that were reworded. */
  chosen: ReadonlySet<number>;
  reworded: ReadonlySet<number>;
  at: number;
};

/** Discord lets the messages of an interaction be changed for so long. */
const LASTS_MS = 15 * 60 * 1000;
const MOST = 200;

/** Proposals under way: in memory alone, one for each person and server; the oldest make room. */
export function createEnrichDrafts(now: () => number) {
  const drafts = new Map<string, EnrichDraft>();

  function dropOld(): void {
    for (const [token, { at }] of drafts) if (now() - at > LASTS_MS) drafts.delete(token);
    const [oldest] = [...drafts.values()].toSorted((one, other) => one.at - other.at);
    if (drafts.size >= MOST && oldest) drafts.delete(oldest.token);
  }

  return {
    begin(whose: Pick<EnrichDraft, 'server' | 'by' | 'id' | 'name'>, proposal: Proposal): EnrichDraft {
      dropOld();
      for (const [token, { server, by }] of drafts) {
        if (server === whose.server && by === whose.by) drafts.delete(token);
      }
      const draft: EnrichDraft = {
        ...whose,
        token: randomBytes(9).toString('base64url'),
        dropped: proposal.dropped,
        changes: [...proposal.changes],
        chosen: new Set(),
        reworded: new Set(),
        at: now(),
      };
      drafts.set(draft.token, draft);
      return draft;
    },
    /** @throws PlayerError where it is over, or somebody else's */
    of(token: string, server: string, by: string): EnrichDraft {
      dropOld();
      const draft = drafts.get(token);
      if (draft?.server !== server || draft.by !== by) {
        throw new PlayerError(
          'This proposal is over, and nothing more of it is taken. /character enrich asks anew.',
        );
      }
      draft.at = now();
      return draft;
    },
    end(draft: EnrichDraft): void {
      drafts.delete(draft.token);
    },
    /** It is not over after all. */
    keep(draft: EnrichDraft): void {
      drafts.set(draft.token, draft);
    },
  };
}
