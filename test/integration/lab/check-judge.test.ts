import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { lab } from '../../../src/cli/lab/lab.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { candidatesIn } from '../../doubles/model/judge-answer.ts';
import type { RecordedRequest } from '../../doubles/model/recorded-request.ts';
import { listed } from '../../support/listed-command.ts';
import { captureIo } from '../../unit/cli/capture.ts';
import { plannedConversation } from '../../unit/lab/export/planned-conversation.ts';
import { judgeHouse } from './judge-house.ts';

/** A judge that likes whoever speaks of the tide, and says so under three principles. */
function likesTheTide(request: RecordedRequest): string | undefined {
  const pair = candidatesIn(request);
  if (!pair) return undefined;
  const [better, worse] = pair[0].text.includes('tide') ? pair : [pair[1], pair[0]];
  const compared = (principle: string, winner: string) => ({
    principle,
    [pair[0].label]:
      `Candidate ${pair[0].label} has ${pair[0].text.includes('tide') ? 'water' : 'rope'} in it`,
    [pair[1].label]:
      `Candidate ${pair[1].label} has ${pair[1].text.includes('tide') ? 'water' : 'rope'} in it`,
    ...{ better: winner, degree: 'clear' },
  });
  return JSON.stringify({
    violations: [],
    comparisons: [
      compared('concrete-detail', better.label),
      compared('natural-rhythm', worse.label),
      compared('leaves-room', better.label),
    ],
    reason: `${better.label} knows the water.`,
    better: better.label,
  });
}

const items = Array.from({ length: 12 }, (_, at) => {
  const tide = `<role_action>looks up</role_action>The tide will not wait, number ${at}${at % 2 ? ', nor will I wait' : ''}.`;
  const rope = `<role_action>nods</role_action>Fetch me another rope, lad ${at}${at % 2 ? '' : ', and be quick about it'}.`;
  return {
    ...{ id: `item-${at}`, scene: `scene-${at % 5}` },
    context: { speaker: 'Perran Hale', sheet: 'The ferryman.', lines: ['Ada Crane: Well?'] },
    candidates: [tide, rope].map((text, place) => ({ model: `model-${place}`, text })),
  };
});

test('what a judge said becomes data for a judge: judged, exported, checked', async () => {
  const house = await judgeHouse({ script: likesTheTide });
  const judged = await house.judge([house.file('items.jsonl', items), '--out', house.path('judged')]);
  expect(judged).toMatchObject({ code: 0 });
  const run = async (...args: string[]) => {
    const { io, out, err } = captureIo('', {});
    return { code: await runCli(['lab', ...args], [listed('lab', lab)], io), out: out(), err: err() };
  };
  const records = house.file('records.jsonl', [plannedConversation()]);
  const exported = await run(
    ...['export', records, '--out', house.path('data'), '--verdicts', house.path('judged'), '--val', '0'],
    ...['--kind', 'grm-sft,grm-rl', '--engine', 'trl', '--form', 'jsonl', '--json'],
  );
  expect(exported).toMatchObject({ code: 0, err: '' });
  const { samples, rejects } = JSON.parse(exported.out);
  const made = (samples['grm-sft']?.train ?? 0) + (samples['grm-rl']?.train ?? 0);
  const refused = Object.values<number>(rejects).reduce((sum, count) => sum + count, 0);
  // Each pair gives two samples, or one reason.
  expect(made + 2 * refused).toBe(2 * items.length);
  expect(Object.keys(rejects).filter((why) => why !== 'length-balance')).toEqual([]);
  expect(made).toBeGreaterThan(0);

  const checked = await run('check', house.path('data'), '--json');
  expect(JSON.parse(checked.out)).toMatchObject({ ok: true, errors: 0, warnings: 0 });
  expect(checked.code).toBe(0);

  const rows = ['grm-sft', 'grm-rl'].flatMap((kind) =>
    samples[kind]?.train
      ? readFileSync(house.path(`data/trl/${kind}.train.jsonl`), 'utf8')
          .trimEnd()
          .split('\n')
      : [],
  );
  for (const row of rows) {
    const { prompt, completion, solution } = JSON.parse(row);
    const shown = prompt.at(-1).content;
    // Whatever the order, the one that speaks of the tide is better.
    const better = shown.indexOf('The tide will') < shown.indexOf('Fetch me') ? 'cand_1' : 'cand_2';
    if (completion === undefined) expect(solution).toBe(better);
    else {
      const [result] = JSON.parse(completion[0].content.slice(8, -4)).result;
      expect(result.better_response).toBe(better);
      expect(result.analysis.principle_comparisons[0][`${better}_performance`]).toBe(
        `${better} has water in it`,
      );
      expect(result.analysis.overall_analysis).toBe(`${better} knows the water.`);
    }
  }
}, 60_000);
