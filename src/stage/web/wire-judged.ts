import type {
  JudgeReport,
  Match,
  OrderVerdict,
  PrincipleRef,
  Reading,
} from '../../engine/judging/judge-report.ts';
import type { WireJudged, WireMatch, WireOrder, WireReading } from './judged-shape.ts';

/** A verdict as a session with x-ray is sent it; field by field, like all that travels. */
export function wireJudged(report: JudgeReport): WireJudged {
  const { turn, speaker, model, candidates, ranking, matches, ms } = report;
  return {
    turn,
    speaker: { id: speaker.id, name: speaker.name },
    model,
    candidates: candidates.map(({ beat, segments }) => ({
      ...(beat === undefined ? {} : { beat }),
      segments: segments.map(({ kind, text }) => ({ kind, text })),
    })),
    ranking: [...ranking],
    matches: matches.map(wireMatch),
    ms,
  };
}

function wireMatch({ first, second, verdict }: Match): WireMatch {
  const { how, winner, flipped, deciding, orders } = verdict;
  return {
    first,
    second,
    how,
    winner,
    flipped,
    ...(deciding ? { deciding: wirePrinciple(deciding) } : {}),
    orders: orders.map(wireOrder),
  };
}

function wireOrder({ shownFirst, attempts, outcome }: OrderVerdict): WireOrder {
  return {
    shownFirst,
    attempts,
    ...(outcome.type === 'read' ? { reading: wireReading(outcome.reading) } : { missing: outcome.why }),
  };
}

function wireReading({ violations, comparisons, reason, better }: Reading): WireReading {
  return {
    violations: violations.map(({ principle, by, evidence }) => ({
      principle: wirePrinciple(principle),
      by,
      evidence,
    })),
    comparisons: comparisons.map(({ principle, first, second, better: side, degree }) => ({
      principle: wirePrinciple(principle),
      first,
      second,
      better: side,
      degree,
    })),
    reason,
    better,
  };
}

function wirePrinciple({
  id,
  name,
  dimension,
}: PrincipleRef): WireReading['violations'][number]['principle'] {
  return {
    ...(id === undefined ? {} : { id }),
    name,
    ...(dimension === undefined ? {} : { dimension }),
  };
}
