import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderHer } from '../../../src/format/render-her.ts';
import { visibleSegments } from '../../../src/format/segments.ts';
import { createTurnParser, parseTurn, type TurnParserOptions } from '../../../src/format/turn-parser.ts';
import { draft, OPTIONS, plainSegments, soup } from '../../property/format/arbitraries.ts';
import { hostileTurn } from '../../property/format/hostile-turns.ts';

/**
 * What became of some hundred drafts, and what was released after which character of them. The properties say
 * what must never be; this says what is, so that a change of the parser shows, and where. After a change that
 * is meant, `RECORD=1 npm test -- test/unit/format/recorded` writes it anew: read the difference before it is
 * committed.
 */
const FILE = new URL('../../fixtures/format/recorded.jsonl', import.meta.url);

type Recorded = {
  readonly text: string;
  readonly inside?: boolean;
  readonly turn: unknown;
  readonly releases: unknown;
};

function recordOf(text: string, inside = false): Recorded {
  const options: TurnParserOptions = inside ? { ...OPTIONS, startInside: 'plan' } : OPTIONS;
  const parser = createTurnParser(options);
  const releases: unknown[] = [];
  for (let at = 0; at < text.length; at += 1) {
    for (const release of parser.feed(text.charAt(at))) {
      releases.push(
        release.type === 'withdraw' ? [at, 'withdraw'] : [at, release.segment.kind, release.segment.text],
      );
    }
  }
  // At the end the rest follows; what it says is in the turn.
  for (const release of parser.end().releases) {
    releases.push(['end', release.type === 'withdraw' ? 'withdraw' : release.segment.kind]);
  }
  return { text, ...(inside ? { inside } : {}), turn: parseTurn(text, options), releases };
}

const PLAN = '<system_thinking>a plan</system_thinking>\n';

/** Drafts that are shown for a while before something in them is not as it should be. */
const LATE = [
  'Yes.<role_action/>No.',
  'Yes.<role_thinking/><role_action>nods</role_action>No.',
  '<role_action>nods</role_action>Yes.<scratch>x</scratch><role_action>bows</role_action>No.',
  '<role_action>nods</role_action>Yes.<|im_end|><role_action>bows</role_action>No.',
  '<role_action>nods</role_action>Yes.<role_thinking>He lies.</system_thinking>He does.</role_thinking>No.',
  '<role_action>nods</role_action>Yes.<role_thinking>He <think>lies.</think> Does he?</role_thinking>No.',
  '<role_action>nods</role_action>Yes.<think>one <think>two</think> three</think><role_action>bows</role_action>No.',
  '<role_action>nods</role_action>Yes.</role_action>No.<role_action>bows</role_action>So.',
  '<role_action>nods</role_action>Yes.</system_thinking><role_action>bows</role_action>No.',
  '<role_action>nods</role_action><role_action>bows</role_action>Yes.<role_action>goes</role_action>',
  '<role_action>nods</role_action><role_thinking>Hm.</role_thinking><role_action>bows</role_action>Yes.',
  '<role_thinking>Hm.</role_thinking><role_action>bows</role_action><role_thinking>So.</role_thinking>Yes.',
  'Yes, he said: <role_action>nods</role_action>No.<role_action>bows</role_action>',
  ': <role_action>nods</role_action>No.',
  '<role_action>nods</role_action>\n\n— Yes.<role_action>bows</role_action>',
  '<role_action>nods</role_action>, then.<role_action>bows</role_action>',
  '<role_action>nods</role_action>Yes.\\<role_action>bows</role_action>No.',
  '<role_action>nods</role_action>Yes.<role_action>bows</role_action>Mr. Darcy: No.<role_action>goes</role_action>',
  'Elizabeth Bennet: <role_action>nods</role_action>Yes.<role_action>bows</role_action>',
  'Mr. Darcy: <role_action>nods</role_action>Yes.<role_action>bows</role_action>',
  '**Lizzy**: <role_action>nods</role_action>Yes.<role_action>bows</role_action>',
  `${'<role_action>nods</role_action>Yes.'.repeat(40)}`,
  '```\n<role_action>nods</role_action>Yes.\n```',
  '```xml\n<role_action>nods</role_action>Yes.\n```\n',
  '```xml <role_action>nods</role_action>Yes.',
  '```think\nHe lies.\n```\nYes.',
  '```XML\n<role_action>nods</role_action>Yes.\n``` and more',
  ' ``` \nYes.\n```',
  'Yes. ```\nNo.\n```',
];

/** Drafts under headings that say whose thoughts they are, or that are in another language. */
const HEADED = [
  'Good day.\n\nHer thoughts\nI fear him.',
  'Thoughts\nI fear him.\n\nResponse\nGood day.',
  '**Gedanken**\nIch fürchte ihn.\n\n**Antwort**\nGehen wir.',
  'Guten Tag.\n\nMeine Gedanken\nIch fürchte ihn.\n\nAntwort: Gehen wir.',
];

/** Well-formed drafts, drafts gone wrong in known ways, early or late, and soup. */
function drafts(): Recorded[] {
  const well = fc.sample(plainSegments, { numRuns: 60, seed: 1 }).flatMap((segments, at) => {
    const reply = renderHer(segments);
    const plan =
      ['<system_thinking>a plan</system_thinking>', '', 'a plan</system_thinking>\n'][at % 3] ?? '';
    return [recordOf(`${plan}${reply}`), recordOf(`${plan}Lizzy: ${reply}`, at % 2 === 0)];
  });
  const texts = fc.sample(plainSegments, { numRuns: 200, seed: 2 }).map((segments) => renderHer(segments));
  const bits = fc.sample(soup, { numRuns: 200, seed: 3 });
  const late = texts.map((text, at) => {
    const place = (at * 37) % (text.length + 1);
    return `${text.slice(0, place)}${bits[at]?.slice(0, 16) ?? ''}${text.slice(place)}`;
  });
  const spoilt = [...LATE, ...late].map((text, at) => recordOf(`${at % 5 === 0 ? '' : PLAN}${text}`));
  const hostile = Array.from({ length: 160 }, (_, seed) => recordOf(hostileTurn(seed).text, seed % 8 === 0));
  const random = fc.sample(draft, { numRuns: 160, seed: 1 }).map((text, at) => recordOf(text, at % 4 === 0));
  return [...well, ...spoilt, ...hostile, ...random, ...HEADED.map((text) => recordOf(text))];
}

if (process.env['RECORD'])
  writeFileSync(
    FILE,
    `${drafts()
      .map((one) => JSON.stringify(one))
      .join('\n')}\n`,
  );

const recorded: Recorded[] = readFileSync(FILE, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

test.each(recorded)('draft %#', ({ text, inside, turn, releases }) => {
  expect(recordOf(text, inside)).toEqual({ text, ...(inside ? { inside } : {}), turn, releases });
});

test('many of them are usable, many are not, and many are shown before they end', () => {
  const turns = recorded.map(({ text, inside }) =>
    parseTurn(text, inside ? { ...OPTIONS, startInside: 'plan' } : OPTIONS),
  );
  expect(turns.filter(({ usable }) => usable).length).toBeGreaterThan(100);
  expect(turns.filter(({ usable }) => !usable).length).toBeGreaterThan(50);
  expect(turns.filter(({ segments }) => visibleSegments(segments).length > 2).length).toBeGreaterThan(50);
  expect(
    recorded.filter(({ releases }) => Array.isArray(releases) && releases.length > 0).length,
  ).toBeGreaterThan(50);
});
