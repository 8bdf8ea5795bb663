import fc from 'fast-check';
import type { Segment } from '../../../src/format/segments.ts';
import type { TurnParserOptions } from '../../../src/format/turn-parser.ts';
import { hostileTurn, OTHERS, SPEAKER } from './hostile-turns.ts';

export const OPTIONS: TurnParserOptions = { speaker: { name: SPEAKER, aliases: ['Lizzy'] }, others: OTHERS };

/** Everything that means something to the parser somewhere, and some that does not. */
const FRAGMENTS = [
  ...[
    '<system_thinking>',
    '</system_thinking>',
    '<think>',
    '</think>',
    '<thinking>',
    '</thinking>',
    '</thought>',
  ],
  ...[
    '<role_thinking>',
    '</role_thinking>',
    '<ROLE_THINKING>',
    '</role-thinking>',
    '< role thinking >',
    '<role_thinking/>',
  ],
  ...[
    '<role_action>',
    '</role_action>',
    '<role_speech>',
    '</role_speech>',
    '<action>',
    '</Role_Action>',
    '<role_acton>',
  ],
  ...[
    '&lt;role_thinking&gt;',
    '&lt;/role_thinking&gt;',
    '&amp;lt;think&amp;gt;',
    '＜role_thinking＞',
    '＜/role_thinking＞',
  ],
  ...[
    '\\<role_action\\>',
    '<\\/role_action>',
    '<<role_thinking>>',
    '`<role_thinking>`',
    '**<role_action>**',
    '◁think▷',
    '◁/think▷',
  ],
  ...[
    '<role_thinking',
    'role_thinking>',
    '/role_thinking>',
    '<role_thin',
    '</',
    '<',
    '>',
    '&lt',
    '&',
    ';',
    '<!--',
    '-->',
  ],
  ...[
    '<scratch>',
    '</scratch>',
    '<b>',
    '</b>',
    '<i>',
    '</i>',
    '<br/>',
    '<I fear him>',
    '<3',
    '[THINK]',
    '[/THINK]',
    '[INST]',
  ],
  ...[
    '<|im_end|>',
    '<|im_start|>assistant\n',
    '<|channel|>analysis<|message|>',
    '<|channel|>final<|message|>',
    '<|end|>',
    '</s>',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '{',
    '}',
    '【',
    '】',
    '「',
    '」',
    '*',
    '**',
    '_',
    '~',
    '||',
    '`',
    '```',
    '"',
    '“',
    '”',
    '\\',
  ],
  ...[
    '[I fear him]',
    '(nods)',
    '*leans in*',
    '*I fear him*',
    '*really*',
    '(thinking: he lies)',
    '(thought)',
    '((ooc))',
    '||x y||',
  ],
  ...[
    'Elizabeth Bennet: ',
    'Lizzy: ',
    '\nElizabeth Bennet:',
    '\nMr. Darcy: ',
    '**Mr. Darcy:** ',
    'Darcy:',
    '\nEnvironment：',
    'Note: ',
  ],
  ...[
    '**System Thinking:** ',
    '\n## Response\n',
    '\nThought: ',
    '\nAction: ',
    '1. System Thinking:',
    'the user',
    'I need to portray ',
  ],
  ...[
    '{"speech":"',
    '","role_thinking":"',
    '"}',
    '{"a":1}',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\t',
    '\r\n',
    '\u2028',
    '\u0000',
    '\u200b',
    '\ufeff',
  ],
  ...[
    'nods',
    'Good day, sir.',
    'I fear him',
    'and so',
    'Never!',
    'thought',
    'think',
    '你好',
    'café',
    '👍',
    '\ud83d',
    '\udc4d',
    'é',
    'Да',
  ],
] as const;

/** A soup of fragments: seldom anything a model wrote, always something the parser must survive. */
export const soup: fc.Arbitrary<string> = fc
  .array(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...FRAGMENTS) }, { weight: 1, arbitrary: fc.string() }),
    {
      maxLength: 30,
    },
  )
  .map((fragments) => fragments.join(''));

export const hostile = fc.nat({ max: 0x7fff_ffff }).map(hostileTurn);

/** Any draft, well-formed or broken. */
export const draft: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: hostile.map(({ text }) => text) },
  { weight: 4, arbitrary: soup },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);

/** Lengths of the pieces a draft is cut into; they are gone through again and again. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant([1]) },
  { weight: 5, arbitrary: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }) },
  { weight: 2, arbitrary: fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 }) },
);

/** The pieces of a text, in UTF-16 code units: pairs may be cut in half. */
export function* pieces(text: string, lengths: readonly number[]): Generator<string> {
  for (let from = 0, turn = 0; from < text.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1;
    yield text.slice(from, from + length);
    from += length;
  }
}

const WORDS = [
  'well',
  'no',
  'indeed',
  'the letter',
  'you',
  'sir',
  'tea',
  'Tuesday',
  'rain',
  'three miles',
  'naïve',
  'hm',
] as const;

/** One line of words and ordinary punctuation. */
const line = fc
  .tuple(
    fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 }),
    fc.constantFrom('', '.', '!', ', then', '…', '?'),
  )
  .map(([words, end]) => words.join(' ') + end);

/** One or several lines, as a segment holds them. */
const plainText = fc.oneof(
  { weight: 4, arbitrary: line },
  {
    weight: 1,
    arbitrary: fc.tuple(line, fc.constantFrom('\n', '\n\n'), line).map((parts) => parts.join('')),
  },
);

/** Segments as a turn can have them: no two neighbours of one kind, something visible among them. */
export const plainSegments: fc.Arbitrary<readonly Segment[]> = fc
  .array(fc.record({ kind: fc.constantFrom('thought', 'action', 'speech'), text: plainText }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((segments) => segments.filter(({ kind }, index) => kind !== segments[index - 1]?.kind))
  .filter((segments) => segments.some(({ kind }) => kind !== 'thought'));
