import type { ReportData } from '../../src/lab/report/report-data.ts';

/** Stands in thoughts only. */
export const THOUGHT = 'the second purse is under the bench';

const SCRIPT =
  '</style></title></script><script>window.owned=1</script><img src=x onerror="window.owned=1"><svg onload=window.owned=1>';
const QUOTED = `"'onclick=window.owned=1 x="`;
const TURNED = '\u202Eevil\u202D \u2067 ltr';
const MARKS = `${SCRIPT}${QUOTED}${TURNED}\u0000\u0007\uD800\uFFFE [a](javascript:alert(1)) | \`b\` http://127.0.0.1:9/x`;
const LONG = 'w'.repeat(100_000);

/** A report in which every text is written by somebody who means no good. */
export function hostileReport(): ReportData {
  const figure = { label: MARKS, mean: 150, low: -20, high: 1e9, n: 3 };
  return {
    title: MARKS,
    about: LONG,
    judge: { model: MARKS, hash: MARKS, times: 2 },
    remarks: [MARKS, LONG],
    scores: [
      { label: MARKS, note: MARKS, least: 0, most: 100, figures: [figure, { ...figure, label: LONG }] },
      {
        label: 'empty',
        note: '',
        least: 0,
        most: 0,
        figures: [{ label: 'none', mean: null, low: null, high: null, n: 0 }],
      },
    ],
    flaws: [
      { label: MARKS, group: MARKS, count: 3 },
      { label: LONG, group: MARKS, count: 1 },
    ],
    facts: [{ label: MARKS, value: LONG, alarm: true }],
    roles: [{ role: MARKS, model: LONG, calls: 1, tokens: 1, cost: MARKS, p50: 1, p95: 2 }],
    settings: [{ label: MARKS, value: LONG }],
    cases: [
      {
        id: MARKS,
        title: MARKS,
        score: null,
        parts: [{ label: MARKS, value: null }],
        invalid: true,
        facts: [MARKS, LONG],
        flaws: [
          { dimension: MARKS, type: MARKS, severity: LONG, what: MARKS },
          { dimension: LONG, type: LONG, severity: '', what: THOUGHT, hidden: true },
        ],
        transcript: [
          {
            name: MARKS,
            note: MARKS,
            segments: [
              { kind: 'thought', text: `${THOUGHT} ${MARKS}` },
              { kind: 'action', text: MARKS },
              { kind: 'speech', text: '\n'.repeat(500) + LONG },
            ],
          },
          { name: LONG, segments: [{ kind: 'thought', text: THOUGHT }] },
          { name: '', segments: [] },
        ],
      },
      { id: 'b', title: '', score: -5, facts: [], flaws: [], transcript: [] },
      { id: 'c', title: LONG, score: 1e6, facts: [], flaws: [], transcript: [] },
    ],
    failed: [{ id: MARKS, why: LONG }],
  };
}
