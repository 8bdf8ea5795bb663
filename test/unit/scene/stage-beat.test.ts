import { describe, expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { changeWords, toStageBeat, toWhisperBeat } from '../../../src/scene/stage-beat.ts';

const ada = { id: 'character:ada', name: 'Ada' };
const mara = { id: 'player:1', name: 'Mara' };
const world = { id: 'environment', name: 'Environment' };
const common = { n: 3, at: 12, origin: 'local' as const, witnesses: [] as string[] };
const shown = { n: 3, at: 12 };
const action = (text: string) => [{ kind: 'action', text }];
const segments = [
  { kind: 'thought', text: 'He lies.' },
  { kind: 'action', text: 'nods' },
  { kind: 'speech', text: 'Yes.' },
] as const;
const heard = [
  { kind: 'action', text: 'nods' },
  { kind: 'speech', text: 'Yes.' },
];

describe('what a stage shows of a beat', () => {
  test.each<[string, Beat, unknown]>([
    [
      'a line, without its thoughts',
      { ...common, kind: 'line', speaker: ada, turn: 't', segments: [...segments] },
      { ...shown, kind: 'line', speaker: ada, segments: heard },
    ],
    [
      'a swipe, in its place, beside which line it stands',
      {
        ...common,
        kind: 'line',
        speaker: ada,
        turn: 't',
        segments: [...segments],
        alternativeTo: 2,
        place: 'x',
      },
      { ...shown, kind: 'line', speaker: ada, segments: heard, alternativeTo: 2, place: 'x' },
    ],
    [
      'a narration',
      { ...common, kind: 'narration', speaker: world, text: 'It rains.' },
      { ...shown, kind: 'narration', speaker: world, segments: action('It rains.') },
    ],
    [
      'an entrance',
      { ...common, kind: 'entrance', actor: ada, text: 'Ada comes in.' },
      { ...shown, kind: 'entrance', speaker: ada, segments: action('Ada comes in.') },
    ],
    [
      'an entrance without a word, that the Narrator told of',
      { ...common, kind: 'entrance', actor: ada, inferred: true },
      { ...shown, kind: 'entrance', speaker: ada, segments: [], inferred: true },
    ],
    ['no quiet entrance', { ...common, kind: 'entrance', actor: ada, quiet: true }, undefined],
    [
      'an exit',
      { ...common, kind: 'exit', actor: ada, text: 'Ada goes.', place: 'x' },
      { ...shown, kind: 'exit', speaker: ada, segments: action('Ada goes.'), place: 'x' },
    ],
    [
      'an exit without a word, that the Narrator told of',
      { ...common, kind: 'exit', actor: ada, inferred: true },
      { ...shown, kind: 'exit', speaker: ada, segments: [], inferred: true },
    ],
    [
      'a change, in its own words',
      { ...common, kind: 'change', actor: ada, condition: 'asleep', text: 'Ada nods off.' },
      { ...shown, kind: 'narration', speaker: world, segments: action('Ada nods off.') },
    ],
    [
      'a change, in ours where it has none',
      { ...common, kind: 'change', actor: ada, condition: 'asleep', inferred: true },
      { ...shown, kind: 'narration', speaker: world, segments: action('Ada falls asleep.'), inferred: true },
    ],
    [
      'a setting',
      { ...common, kind: 'setting', text: 'A hall.' },
      { ...shown, kind: 'setting', segments: action('A hall.') },
    ],
    ['no quiet setting', { ...common, kind: 'setting', text: 'A hall.', quiet: true }, undefined],
    [
      'time',
      { ...common, kind: 'time', text: 'An hour later.' },
      { ...shown, kind: 'time', segments: action('An hour later.') },
    ],
    [
      'no whisper',
      { ...common, kind: 'whisper', speaker: ada, to: [mara], turn: 't', segments: [...segments] },
      undefined,
    ],
    ['no secret', { ...common, kind: 'secret', actor: ada, text: 'She did it.' }, undefined],
    ['no wish of its owner', { ...common, kind: 'plant', actor: ada, text: 'Be kind.', turns: 1 }, undefined],
  ])('%s', (_, beat, expected) => {
    expect(toStageBeat(beat)).toStrictEqual(expected);
  });

  test('of a whisper, to those who hear it', () => {
    const whisper = { ...common, kind: 'whisper' as const, speaker: ada, to: [mara], turn: 't' };
    const expected = { ...shown, kind: 'line', speaker: ada, segments: heard };
    expect(toWhisperBeat({ ...whisper, segments: [...segments] })).toStrictEqual(expected);
    const elsewhere = toWhisperBeat({ ...whisper, segments: [...segments], place: 'x' });
    expect(elsewhere).toStrictEqual({ ...expected, place: 'x' });
  });

  test('of a text with a tag in it, nothing', () => {
    const text = 'Ada comes in. <role_thinking>He lies.</role_thinking>';
    expect(toStageBeat({ ...common, kind: 'entrance', actor: ada, text })?.segments).toStrictEqual([]);
  });

  test('of a character’s line nothing where a tag is left in it; a player’s stays as it was typed', () => {
    const said = [{ kind: 'speech', text: 'Good day. <role_thinking>He lies.' }] as const;
    const line = (speaker: typeof ada) =>
      toStageBeat({ ...common, kind: 'line', speaker, turn: 't', segments: [...said] })?.segments;
    expect(line(ada)).toStrictEqual([]);
    expect(line(mara)).toStrictEqual(said);
  });
});

test.each([
  ['asleep', 'Ada falls asleep.'],
  ['apart', 'Ada steps aside, out of earshot.'],
  ['awake', 'Ada is all ears again.'],
] as const)('who is %s: %s', (condition, words) => {
  expect(changeWords(ada, condition)).toBe(words);
});
