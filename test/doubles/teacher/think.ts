import { z } from 'zod';
import { THINK_RULES } from '../../../src/lab/synth/think/think-prompt.ts';
import { type TaughtMessage, teach } from './teacher.ts';

const answerSchema = z.object({
  turns: z.array(
    z.object({
      turn: z.int(),
      pieces: z.array(z.object({ kind: z.string(), text: z.string() })),
      reason: z.string(),
    }),
  ),
});
type Answer = z.infer<typeof answerSchema>;
type Written = Answer['turns'][number];

/** Plausible thoughts for each turn that is asked for; undefined for any other prompt. */
export function teachThink(messages: readonly TaughtMessage[]): string | undefined {
  return messages[0]?.content.startsWith(THINK_RULES) ? teach(messages) : undefined;
}

function bad(change: (turn: Written, ask: string) => Written | object | string) {
  return (messages: readonly TaughtMessage[]): string | undefined => {
    const good = teachThink(messages);
    if (good === undefined) return undefined;
    const { turns } = answerSchema.parse(JSON.parse(good));
    const ask = messages.at(-1)?.content ?? '';
    return JSON.stringify({ turns: turns.map((turn) => change(turn, ask)) });
  };
}

const withPiece = (turn: Written, kind: string, text: string): Written => ({
  ...turn,
  pieces: [...turn.pieces, { kind, text }],
});

/** Answers in the right form that no turn may be taken from. */
export const HOSTILE_THINK = {
  'says something else': bad((turn) => ({
    ...turn,
    pieces: [{ kind: 'speech', text: 'I have said nothing of the kind.' }],
  })),
  'leaves all out': bad((turn) => ({
    ...turn,
    pieces: [{ kind: 'thought', text: 'Nothing is worth a word' }],
  })),
  plans: bad((turn) => withPiece(turn, 'system_thinking', 'The character should refuse here.')),
  'plans in a thought': bad((turn) =>
    withPiece(turn, 'thought', 'I need to portray somebody who stays in character'),
  ),
  'speaks for others': bad((turn, ask) => {
    const others = [...ask.matchAll(/^#\d+ ([^\n:]+): /gmu)].map(([, name = '']) => name);
    const own = /^The character: (.+)$/mu.exec(ask)?.[1];
    const other = others.find((name) => name !== own && name !== 'Environment') ?? 'Somebody';
    return withPiece(turn, 'speech', `\n${other}: As you wish, and at once.`);
  }),
  'never closes a thought': bad(({ turn, pieces }) => ({
    turn,
    text: `<role_thinking>and so on ${pieces.map(({ text }) => text).join(' ')}`,
  })),
  'is endless': bad((turn) => withPiece(turn, 'thought', 'on and on and on '.repeat(200))),
  'is garbled': bad((turn) => withPiece(turn, 'thought', 'half a \uFFFD sign')),
  'numbers turns of its own': bad((turn) => ({ ...turn, turn: turn.turn + 1000 })),
  'lists no objects': bad(({ turn }) => `#${turn}`),
} as const satisfies Record<string, (messages: readonly TaughtMessage[]) => string | undefined>;
