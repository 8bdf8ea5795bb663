import { marksOf } from '../continuity/marks-of.ts';
import type { DraftReport } from '../engine-api.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import type { Outcome } from './generate.ts';

/**
 * Tells x-ray of the drafts of a recorded turn and of how it was chosen, and counts what choosing cost.
 * @param beats what it and the candidates behind it became, as far as they were kept
 */
export async function reportTurn(
  room: EngineRoom,
  live: LiveScene,
  { made, reports, choosing }: Outcome & { readonly type: 'made' },
  beats: readonly number[],
): Promise<void> {
  const beatOf = new Map<DraftReport, number>();
  for (const [place, { candidate }] of [made, ...(made.others ?? [])].entries()) {
    const beat = beats[place];
    // Earlier attempts of the same candidate became nothing.
    const report = reports.findLast((one) => one.candidate?.at === candidate);
    if (report && beat !== undefined) beatOf.set(report, beat);
  }
  for (const report of reports) {
    const beat = beatOf.get(report);
    room.report(
      beat === undefined ? report : { ...report, beat, ...marksOf(room, live, report.speaker, beat) },
    );
  }
  if (!choosing) return;
  const { pairs, ms, usage, report } = choosing;
  const lost = reports.filter((one) => beatOf.get(one) !== beats[0]).flatMap((one) => one.usage ?? []);
  await room.budgets.countJudging(live.record, {
    drafts: reports.length,
    pairs,
    ms,
    usage: [...lost, ...usage],
  });
  if (!report) return;
  const candidates = report.candidates.map((candidate, at) => {
    const beat = beats[report.ranking.indexOf(at)];
    return beat === undefined ? candidate : { ...candidate, beat };
  });
  room.reportJudged({ ...report, candidates });
}
