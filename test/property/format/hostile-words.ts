import type { Random } from './random.ts';

/** Which layer of a turn a sentence belongs to. */
export type Layer = 'plan' | 'secret' | 'say' | 'act';

export function withMarker(random: Random, marker: string, sentence: string): string {
  const words = sentence.split(' ');
  const place = random.int(words.length + 1);
  return [...words.slice(0, place), marker, ...words.slice(place)].join(' ');
}

export const SENTENCES: Readonly<Record<Layer, readonly [string, ...string[]]>> = {
  plan: [
    'she should stay guarded and let him talk',
    'keep it short, with an edge, and end on the letter',
    'he does not know that she has read it; show it only in the hands',
    'two beats: first a polite surface, then a crack in it',
  ],
  secret: [
    'I fear him more than I let on',
    'if he asks me once more I shall tell him all',
    'my hands are shaking and he must not see it',
    'I know where the letter is, and I will burn it tonight',
  ],
  say: [
    'Good day, sir. You find us at tea.',
    'The road was better than I was told.',
    'Pray sit, the chair is not as proud as it looks.',
    'Three miles in the mud, and nobody thanked the mud.',
  ],
  act: [
    'sets the cup down without a sound',
    'turns to the window and leaves the curtain open',
    'curtsies, a little too deep',
    'folds the letter twice',
  ],
};

export const PLAN_NAMES = [
  'system_thinking',
  'system_think',
  'systemthinking',
  'system thinking',
  'system-thinking',
  'systemThinking',
  'SYSTEM_THINKING',
  'System_Thinking',
  'system__thinking',
  'system_thought',
  'system_reasoning',
  'think',
  'thinking',
  'Thinking',
  'reasoning',
  'analysis',
  'reflection',
  'planning',
  'seed:think',
] as const;
export const THOUGHT_NAMES = [
  'role_thinking',
  'role_think',
  'role thinking',
  'role-thinking',
  'Role_Thinking',
  'ROLE_THINKING',
  'roleThinking',
  'role_thoughts',
  'long_role_thinking',
  'inner_thought',
  'inner_thoughts',
  'inner_thinking',
  'inner_monologue',
  'innerMonologue',
  'character_thinking',
  'rt',
] as const;
export const ACTION_NAMES = [
  'role_action',
  'Role_Action',
  'ROLE_ACTION',
  'role action',
  'role-action',
  'action',
  'roleAction',
] as const;

export type Pair = readonly [open: string, close: string];

/** A tag pair in one of the spellings that models use. */
export function tags(random: Random, names: readonly [string, ...string[]]): Pair {
  const [canonical] = names;
  const name = random.chance(0.4) ? canonical : random.pick(names);
  const closing = random.chance(0.1) ? random.pick(names) : name;
  switch (random.int(16)) {
    case 0:
      return [`< ${name} >`, `< / ${closing} >`];
    case 1:
      return [`&lt;${name}&gt;`, `&lt;/${closing}&gt;`];
    case 2:
      return [`＜${name}＞`, `＜/${closing}＞`];
    case 3:
      return [`\\<${name}\\>`, `\\</${closing}\\>`];
    case 4:
      return [`<${zeroWidth(random, name)}>`, `</${zeroWidth(random, closing)}>`];
    case 5:
      return [`<${name.replace(/ /g, '_')} type="x" n='1'>`, `</${closing}>`];
    case 6:
      return [`<${name}>`, `< /${closing}>`];
    case 7:
      return [`\`<${name}>\``, `\`</${closing}>\``];
    case 8:
      return [`**<${name}>**`, `**</${closing}>**`];
    case 9:
      return [`<${name}>`, `<\\/${closing}>`];
    case 10:
      return [`<<${name}>>`, `<</${closing}>>`];
    default:
      return [`<${name}>`, `</${closing}>`];
  }
}

function zeroWidth(random: Random, name: string): string {
  const at = 1 + random.int(name.length - 1);
  return name.slice(0, at) + random.pick(['\u200b', '\u200d', '\ufeff', '\u2060']) + name.slice(at);
}

export const MARKS: readonly [Pair, ...Pair[]] = [
  ['*', '*'],
  ['_', '_'],
  ['**', '**'],
  ['~', '~'],
  ['~~', '~~'],
  ['||', '||'],
  ['`', '`'],
  ['{', '}'],
  ['<', '>'],
  ['「', '」'],
  ['『', '』'],
  ['((', '))'],
  ['〔', '〕'],
  ['《', '》'],
  ['<!-- ', ' -->'],
  ['<i>', '</i>'],
  ['<em>', '</em>'],
];
