import { parseCoser } from '../../format/coser.ts';
import { renderCoser } from '../../format/render-coser.ts';
import { type Segment, visibleSegments } from '../../format/segments.ts';
import { ENVIRONMENT_NAME } from '../gca/decide.ts';
import type { GcaTurn } from '../gca/simulation.ts';
import type { ProtocolRules } from './protocol.ts';
import type { CoserScene } from './scene.ts';

/** A turn as it is judged, whoever simulated it. */
export type TranscriptTurn = Pick<GcaTurn, 'name' | 'named' | 'segments'> & {
  /** As it stood in a file of CoSER’s, without tags and plans: what that evaluator shows its judge. */
  readonly written?: string;
};

/** What of a simulation is judged. */
export type Conversation = { readonly turns: readonly TranscriptTurn[] };

/** The simulated conversation as a judge reads it: its lines with a blank one between them. */
export function transcriptOf(...said: Parameters<typeof transcriptLines>): string {
  return transcriptLines(...said).join('\n\n');
}

/**
 * Each turn as a judge reads it (her-spec 2.2, 5.1): in CoSER’s form, thoughts in `[ ]` or left out, actions
 * in `( )`. Where the runner names no lines, one bears the name that its model wrote before it, or none.
 */
export function transcriptLines(
  { turns }: Conversation,
  { protocol, judge }: Pick<ProtocolRules, 'protocol' | 'judge'>,
  readsThoughts = judge.readsThoughts,
): string[] {
  return turns.map(({ name, named, segments, written }) => {
    const kept = readsThoughts && name !== ENVIRONMENT_NAME ? segments : visibleSegments(segments);
    if (judge.namesLines) return `${name}: ${spaced(kept)}`;
    const isWhole = kept.length === segments.length;
    if (written !== undefined && isWhole) return protocol === 'her' ? written.trim() : bare(written);
    const text = protocol === 'her' ? renderCoser(kept) : spaced(kept);
    return bare(named ? `${name}: ${text}` : text);
  });
}

/**
 * The reference conversation as it is compared with, `Name: message`.
 *
 * @param from so many messages are left out
 * @param keepsThoughts CoSER’s evaluator takes them out of both; HER’s takes them out of neither
 */
export function referenceOf(
  { dialogues }: Pick<CoserScene, 'dialogues'>,
  from = 0,
  keepsThoughts = true,
): string {
  return dialogues
    .slice(from)
    .map(({ character, message }) => {
      const keepsAll = keepsThoughts || character === ENVIRONMENT_NAME;
      return bare(`${character}: ${keepsAll ? message : withoutThoughts(message)}`);
    })
    .join('\n\n');
}

/** Whether the reference’s thoughts are shown: under HER’s rules always, its ablation takes out simulated ones. */
export function keepsReferenceThoughts({ protocol }: ProtocolRules, readsThoughts: boolean): boolean {
  return protocol === 'her' || readsThoughts;
}

function withoutThoughts(message: string): string {
  const { segments } = parseCoser(message);
  const open = visibleSegments(segments);
  return open.length > 0 && open.length === segments.length ? message : spaced(open);
}

/** Elements with a blank between them, as CoSER’s conversations are written. */
function spaced(segments: readonly Segment[]): string {
  return segments.map((segment) => renderCoser([segment]).trim()).join(' ');
}

function bare(text: string): string {
  return text.replace(/^\n+|\n+$/gu, '');
}
