import { parseTurn } from '../../../src/format/turn-parser.ts';
import { PLAN_RULES } from '../../../src/lab/synth/plan/plan-prompt.ts';
import { SETTING_RULES } from '../../../src/lab/synth/setting/setting-prompt.ts';
import { THINK_RULES } from '../../../src/lab/synth/think/think-prompt.ts';

export type TaughtMessage = { readonly role: string; readonly content: string };

/**
 * A teacher who does what each step of synthesis asks, plausibly and in the form it asks for; undefined for any
 * other prompt. What it writes is made from the prompt alone, so that one prompt has one answer.
 */
export function teach(messages: readonly TaughtMessage[]): string | undefined {
  const [system = '', ask = ''] = [messages[0]?.content, messages.at(-1)?.content];
  if (system.startsWith(THINK_RULES)) return thoughts(ask);
  if (system.startsWith(PLAN_RULES)) return plans(ask);
  if (system.startsWith(SETTING_RULES)) return additions(system, ask);
  return system.includes('Think about the moment first')
    ? drafted(system, messages.map(({ content }) => content).join('').length % 4)
    : undefined;
}

/** What goes through somebody’s mind: so short that two may think the same and it is chance. */
const MUSINGS = [
  'I know that tone',
  'Not yet, not yet',
  'My hands are cold',
  'How small this room is',
  'I could laugh aloud',
  'Patience, as I always say',
  'Somebody ought to answer',
];

function thoughts(ask: string): string {
  const name = characterIn(ask);
  const lines = linesIn(ask);
  const turns = asked(ask.slice(ask.lastIndexOf('Write these turns'))).flatMap((turn) => {
    const line = lines.get(turn);
    if (!line) return [];
    const { segments } = parseTurn(line, { speaker: { name } });
    const pieces: { kind: string; text: string }[] = segments.map(({ kind, text }) => ({ kind, text }));
    const place = pieces.some(({ kind }) => kind === 'thought') ? -1 : turn % (pieces.length + 1);
    if (place >= 0) pieces.splice(place, 0, { kind: 'thought', text: MUSINGS[turn % MUSINGS.length] ?? '' });
    return [{ turn, pieces, reason: 'it shows what is held back' }];
  });
  return JSON.stringify({ turns });
}

function plans(ask: string): string {
  const name = characterIn(ask);
  const parts = ask.split(/\n\n(?=#\d+ Type [ABC]:)/u).slice(1);
  return JSON.stringify({
    plans: parts.map((part) => {
      const [, turn = '0', type = 'C'] = /^#(\d+) Type ([ABC])/u.exec(part) ?? [];
      const draft = /\nDraft:\n([\s\S]*?)(?:\n\nJSON alone|$)/u.exec(part)?.[1]?.trim() ?? '';
      return { turn: Number(turn), plan: type === 'A' ? draft : planOf(name, Number(turn)) };
    }),
  });
}

function planOf(name: string, turn: number): string {
  return [
    `Context: the moment before turn ${turn} leaves ${name} little room. Something has been said that asks for an answer, and an answer would say too much.`,
    `Goal: ${name} wants to keep the upper hand without seeming to want it. Whatever is given away has to look like a courtesy, and whatever is kept has to look like nothing at all.`,
    `Plan: a beat of stillness first, so that the others have to wait. Then something small and exact with the hands or the eyes; then the words, dry and short, in the tone of somebody who has thought of this long before. The thought behind it may be sharper than the words, because nobody hears it.`,
    `Drafting: keep to one idea and one movement. No explanation, no apology, no question that could be answered with another. ${name} leaves the next step to whoever is less patient, and shows nothing of the relief when it is taken.`,
    'The end of the turn stays open, as a door does that nobody has the courage to shut in company.',
  ].join('\n');
}

/** Three of four turns are reasoned about; every other one of those in the voice of the character. */
function drafted(system: string, lot: number): string {
  const name = characterIn(system);
  if (lot === 2) return `${name}: As you like.`;
  const reasoning =
    lot === 1
      ? `I am being watched, and I know it. I should say little. My answer must be short, and I will keep my eyes on my work while I give it.`
      : `${name} has just been put in a corner and should not show it. The answer ought to be short, the tone even, the eyes elsewhere. What matters is kept for later, when there is less company.`;
  return `<think>${reasoning}</think>${name}: As you like.`;
}

function additions(system: string, ask: string): string {
  const passage = /~~~~~~\n([\s\S]*)\n~~~~~~/u.exec(system)?.[1] ?? '';
  const quote = passage.split(/(?<=[.!?])\s+/u).find((sentence) => sentence.split(' ').length >= 6) ?? '';
  const field = /“field” is profile/u.test(ask) ? 'background' : 'scenario';
  // One that the passage bears out, and one that it does not.
  return JSON.stringify({
    found: [
      { field, quote, lacking: 'it is not told', add: quote },
      {
        field,
        quote: 'words that stand nowhere in it',
        lacking: 'a trait',
        add: 'There was a scar from an old duel.',
      },
    ],
  });
}

function characterIn(text: string): string {
  return /^The character: (.+)$/mu.exec(text)?.[1] ?? '';
}

function linesIn(text: string): ReadonlyMap<number, string> {
  return new Map(
    [...text.matchAll(/^#(\d+) [^\n:]+: (.*)$/gmu)].map(([, turn = '', line = '']) => [Number(turn), line]),
  );
}

function asked(text: string): number[] {
  return [...text.matchAll(/#(\d+)/gu)].map(([, turn]) => Number(turn));
}
