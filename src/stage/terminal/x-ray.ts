import type { Backstage, DraftReport } from '../../engine/engine-api.ts';
import type { JudgeReport } from '../../engine/judging/judge-report.ts';
import type { TerminalStageOptions } from './terminal-stage.ts';

/** The layers under each character's line, for the one who runs the play. */
export function createXray(backstage: Backstage): NonNullable<TerminalStageOptions['hidden']> {
  const drafts = new Map<number, DraftReport>();
  backstage.onDraft((draft) => {
    if (draft.beat !== undefined) drafts.set(draft.beat, draft);
  });

  const verdicts = new Map<number, JudgeReport>();
  backstage.onJudged((report) => {
    const beat = report.candidates[report.ranking[0] ?? 0]?.beat;
    if (beat !== undefined) verdicts.set(beat, report);
  });

  return async (scene, { kind, n }) => {
    if (kind !== 'line') return undefined;
    const thoughts = await backstage.thoughts(scene, n);
    const draft = drafts.get(n);
    const judged = verdicts.get(n);
    drafts.delete(n);
    verdicts.delete(n);
    if (!draft && thoughts.length === 0) return undefined;
    return {
      ...(draft?.systemThinking ? { systemThinking: draft.systemThinking } : {}),
      thoughts: thoughts.map(({ text }) => text),
      ...(draft ? { why: draft.why } : {}),
      faults: draft?.faults ?? [],
      ...(draft?.marks?.length ? { marks: draft.marks } : {}),
      ...(judged ? { judged } : {}),
    };
  };
}
