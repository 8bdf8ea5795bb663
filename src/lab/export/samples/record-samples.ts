import { CHARS_PER_TOKEN } from '../../../performer/actor-prompt.ts';
import { rewardContextSchema } from '../../reward/score-request.ts';
import type { Conversation } from '../../synth/record/conversation.ts';
import type { Kind, Made, Sample, SampleSource } from '../sample.ts';
import { type PlayedTurn, playRecord, tokensOf } from './played-record.ts';

/** The kinds that are made of conversations. */
export const RECORD_KINDS = ['sft', 'sft-plain', 'rp-rl'] as const satisfies readonly Kind[];
export type RecordKind = (typeof RECORD_KINDS)[number];

export type SampleOptions = {
  readonly kinds: readonly RecordKind[];
  /** Of a whole sample; estimated, three characters each. */
  readonly maxTokens: number;
  /** Told of a sample whose history was cut, and by how many turns. */
  readonly onCut?: (kind: RecordKind, turns: number) => void;
};

/**
 * All samples of one conversation: one for each turn of each character, with a history that holds no plan
 * (her-spec 8.1, the rule). What is not made has a reason; the baseline of `rp-rl` is the reference reply.
 */
export function* recordSamples(
  conversation: Conversation,
  { kinds, maxTokens, onCut = () => {} }: SampleOptions,
): Generator<Made> {
  const { turns, others } = playRecord(conversation);
  for (const { turn, why } of others) yield { kind: 'reject', id: `${conversation.id}/${turn.id}`, why };
  for (const played of turns) {
    for (const kind of kinds) yield sampleOf(conversation, played, kind, maxTokens, onCut);
  }
}

function sampleOf(
  { id: conversation, key }: Conversation,
  { turn, reply, prompt, context, target }: PlayedTurn,
  kind: RecordKind,
  maxTokens: number,
  onCut: NonNullable<SampleOptions['onCut']>,
): Made {
  const id = `${conversation}/${turn.id}`;
  const reject = (why: string): Made => ({ kind: 'reject', id, why: `${kind}-${why}` });
  const plan = kind === 'sft' ? (turn.plan ?? '') : '';
  if (kind === 'sft' && plan === '') return reject('no-plan');
  const answer = target(plan);
  if (answer === undefined) return reject('illegal-target');
  // An RL prompt leaves room for the plan that is to be generated.
  const planned = kind === 'rp-rl' ? (turn.plan ?? '') : '';
  const room = maxTokens - tokensOf([{ content: `${planned}${answer}` }]);
  const asked = prompt(kind === 'sft-plain' ? 'off' : 'full', room);
  if (!asked) return reject('too-long');
  if (asked.cut > 0) onCut(kind, asked.cut);
  const source: SampleSource = { conversation, character: turn.speaker, turn: turn.id, key };
  const { messages } = asked;
  const sample = made();
  // Names and such that the reward server would refuse, sample by sample, during training.
  if ('prompt' in sample && !rewardContextSchema.safeParse(sample.reward).success) {
    return reject('no-reward-context');
  }
  return { kind: 'sample', sample };

  function made(): Sample {
    if (kind !== 'rp-rl') {
      return { kind, id, source, messages: [...messages, { role: 'assistant', content: answer ?? '' }] };
    }
    const view = context(room * CHARS_PER_TOKEN);
    return {
      ...{ kind, id, source, prompt: messages, truth: reply },
      reward: {
        format: 1,
        context: { ...view, others: [...view.others], lines: [...view.lines] },
        baseline: reply,
      },
    };
  }
}
