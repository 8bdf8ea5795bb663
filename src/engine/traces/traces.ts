import type { DraftReport } from '../engine-api.ts';

/** Raw plans of drafts, where the operator turned tracing on: in memory, for a short time, for moderators alone. */
export type Traces = {
  note(draft: DraftReport): void;
  /** The drafts that became beat `n`, oldest first. */
  of(log: string, n: number): readonly DraftReport[];
  /** Words that drafts of this scene had before them are gone: so are the drafts. */
  forget(log: string): void;
};

const MOST = 200;
const OLDEST_MS = 3600 * 1000;

/** @param forgotten told of a log whose drafts are to be forgotten everywhere, traced or not */
export function createTraces(now: () => number, forgotten: (log: string) => void = () => {}): Traces {
  let kept: { readonly draft: DraftReport; readonly at: number }[] = [];

  function dropOld(): void {
    const since = now() - OLDEST_MS;
    kept = kept.filter(({ at }) => at > since).slice(-MOST);
  }

  return {
    note(draft) {
      if (draft.systemThinking === undefined) return;
      kept.push({ draft, at: now() });
      dropOld();
    },
    of(log, n) {
      dropOld();
      const drafts = kept.map(({ draft }) => draft).filter((draft) => draft.log === log);
      const became = drafts.find(({ beat }) => beat === n);
      // Those that were thrown away before it became no beat; other candidates are other versions.
      return drafts.filter(
        ({ turn, candidate }) => turn === became?.turn && candidate?.at === became.candidate?.at,
      );
    },
    forget(log) {
      kept = kept.filter(({ draft }) => draft.log !== log);
      forgotten(log);
    },
  };
}
