import { bleu } from './bleu.ts';
import type { ProtocolRules } from './protocol.ts';
import { rougeL } from './rouge-l.ts';
import type { CoserScene } from './scene.ts';
import { type Conversation, keepsReferenceThoughts, referenceOf, transcriptOf } from './transcript.ts';
import { wordsOf } from './words-of.ts';

/** How alike two conversations are in their words; null where one of them has none. Informative. */
export type Likeness = { readonly bleu: number | null; readonly rougeL: number | null };

/**
 * A simulated conversation beside the reference one, each as its protocol’s judge reads it and without the
 * first `from` messages, which they share (her-spec 5.3; HER’s evaluator does not convert the reference,
 * which in CoSER’s sets is in that form anyway).
 */
export function likenessOf(
  scene: Pick<CoserScene, 'dialogues'>,
  { turns }: Conversation,
  rules: ProtocolRules,
  { from = 0, readsThoughts = rules.judge.readsThoughts }: LikenessOptions = {},
): Likeness {
  const text = transcriptOf({ turns: turns.slice(from) }, rules, readsThoughts);
  const reference = referenceOf(scene, from, keepsReferenceThoughts(rules, readsThoughts));
  const [own, theirs] = [wordsOf(text), wordsOf(reference)];
  if (own.length === 0 || theirs.length === 0) return { bleu: null, rougeL: null };
  return { bleu: bleu(own, theirs), rougeL: rougeL(text, reference) ?? null };
}

type LikenessOptions = { readonly from?: number; readonly readsThoughts?: boolean | undefined };
