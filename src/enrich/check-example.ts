import { fold } from '../format/fold.ts';
import { neutralise } from '../format/neutralise.ts';
import type { ParsedTurn } from '../format/parsed-turn.ts';
import { renderHer } from '../format/render-her.ts';
import type { Segment } from '../format/segments.ts';
import { parseTurn } from '../format/turn-parser.ts';
import { faultOfWords } from './check-words.ts';
import type { Fault } from './faults.ts';
import type { Known } from './known-of.ts';
import type { Finding } from './read-findings.ts';
import { isEnglish, rootsOf, shareIn } from './sentences.ts';

/** Words of a turn that is asked for as an example. */
export const LONGEST_EXAMPLE = 70;
const LONGEST_CUE = 300;
const REPEATED = 0.6;
const BORNE_OUT = 0.15;
const MANY = 6;
/** Slips of form alone; the turn is written anew. Anything else in a turn that is to teach is too much. */
const HARMLESS: ReadonlySet<ParsedTurn['faults'][number]> = new Set([
  'plan-missing',
  'own-name',
  'tag-variant',
  'json-reply',
]);

const FIRST_PERSON = /\b(?:I|me|my|mine|myself|we|us|our)\b/u;
const ACTOR = /^["“(*\s]*(?:I|he|she|they|we|you|it|I['’]\p{L}+)\b/iu;
// HER's system thinking, wherever it stands: the voice of one who plays somebody.
const PLANS =
  /\b(?:(?:need|should|must|will|going) (?:to )?(?:portray|play|show|respond as|write|depict)|in character|the scene (?:needs|should|calls)|the (?:character|narrative|reader|audience)\b)/iu;

export type CheckedExample = { readonly turn: string; readonly to: string } | { readonly fault: Fault };

/**
 * Checks one example turn: HER format, one character, a thought in the first person that nobody hears,
 * actions without their subject, not a plan, not long, not a repetition. (her-spec 1.1, 6.2, 6.4.)
 *
 * @param others example turns there are already, those that were taken included
 */
export function checkExample(finding: Finding, others: readonly string[], known: Known): CheckedExample {
  const { character } = known.material;
  const written = writtenTurn(finding.turn);
  if (written === undefined || written.trim() === '') return { fault: 'no-turn' };
  const parsed = parseTurn(written, { speaker: character, others: otherNames(known) });
  if (parsed.systemThinking.trim() !== '') return { fault: 'plans' };
  if (parsed.faults.includes('other-speaker')) return { fault: 'several-speakers' };
  if (!parsed.usable || parsed.faults.some((fault) => !HARMLESS.has(fault))) return { fault: 'no-turn' };
  const segments = parsed.segments.map((one) => ({ ...one, text: tidied(one) }));
  const fault = faultOfTurn(segments, others, known);
  if (fault) return { fault };
  const to = neutralise(finding.to.replace(/\s+/gu, ' '), [character.name])
    .replace(/^["“]|["”]$/gu, '')
    .trim();
  if (to === '' || to.length > LONGEST_CUE) return { fault: 'no-cue' };
  const wrongCue = faultOfWords(to, known);
  if (wrongCue) return { fault: wrongCue };
  return { turn: renderHer(segments), to };
}

function faultOfTurn(
  segments: readonly Segment[],
  others: readonly string[],
  known: Known,
): Fault | undefined {
  if (segments.some(({ text }) => !/[\p{L}\p{N}]/u.test(text))) return 'no-turn';
  const thoughts = segments.filter(({ kind }) => kind === 'thought');
  if (thoughts.length === 0 || thoughts.length === segments.length) return 'no-turn';
  const whole = segments.map(({ text }) => text).join('\n');
  if ((whole.match(/\S+/gu) ?? []).length > LONGEST_EXAMPLE || whole.length > LONGEST_EXAMPLE * 12)
    return 'too-long';
  if (PLANS.test(whole)) return 'plans';
  for (const { kind, text } of segments) {
    const wrong = faultOfWords(text, known);
    if (wrong) return wrong;
    if (kind === 'thought' && isEnglish(text) && !FIRST_PERSON.test(text)) return 'not-first-person';
    if (kind === 'thought' && beginsWithOwnName(text, known)) return 'not-first-person';
    if (kind === 'action' && (ACTOR.test(text) || beginsWithOwnName(text, known))) return 'names-actor';
  }
  const roots = rootsOf(whole);
  if (
    others.some((other) =>
      repeats(
        roots,
        rootsOf(
          parseTurn(other)
            .segments.map(({ text }) => text)
            .join('\n'),
        ),
      ),
    )
  )
    return 'restates';
  // A short turn is all manner and no matter.
  return roots.length >= MANY && shareIn(roots, known.roots) < BORNE_OUT ? 'unsupported' : undefined;
}

function repeats(roots: readonly string[], other: readonly string[]): boolean {
  return (
    other.length > 0 && (shareIn(roots, new Set(other)) >= REPEATED || shareIn(other, new Set(roots)) >= 0.9)
  );
}

function beginsWithOwnName(text: string, { ownNames }: Known): boolean {
  const [first = ''] = /\p{L}+/u.exec(text) ?? [];
  // Of a name such as “Will” or “Grace” only the large letter tells.
  return /^\p{Lu}/u.test(first) && ownNames.has(fold(first));
}

/** Data rule F7: what is in tags has no closing full stop; speech stands without quotation marks around it. */
function tidied({ kind, text }: Segment): string {
  const words = text.replace(/\s+/gu, ' ').trim();
  if (kind === 'speech') return /^["“][^"“”]*["”]$/u.test(words) ? words.slice(1, -1).trim() : words;
  return words.replace(/^[*(]\s*|\s*[*)]$/gu, '').replace(/(?<!\.)\.$/u, '');
}

/** Names of people in the card's own cues would end a turn; the ones that prompts know always do. */
function otherNames({ material }: Known): readonly string[] {
  return material.passages.length > 0 ? ['Visitor', 'The visitor', 'You'] : [];
}

/**
 * A turn as a model wrote it: a text, or pieces (`{"thought": …}`, `{"kind": "speech", "text": …}`) in
 * their order; undefined where it is neither.
 */
function writtenTurn(turn: unknown): string | undefined {
  if (typeof turn === 'string') return turn;
  if (typeof turn !== 'object' || turn === null) return undefined;
  const pieces = Array.isArray(turn) ? turn : [turn];
  const segments = pieces.flatMap((piece) =>
    typeof piece === 'object' && piece !== null ? piecesIn(piece) : [],
  );
  if (segments.length === 0) {
    return pieces.every((piece) => typeof piece === 'string') ? pieces.join(' ') : undefined;
  }
  // A tag in a piece is told, not defused: the parser has to see it.
  return segments
    .map(({ kind, text }) => (kind === 'speech' ? text : `<${TAGS[kind]}>${text}</${TAGS[kind]}>`))
    .join('');
}

const TAGS = { thinking: 'role_thinking', action: 'role_action', plan: 'system_thinking' } as const;
type Piece = { kind: 'thinking' | 'action' | 'speech' | 'plan'; text: string };

function piecesIn(piece: object): Piece[] {
  const entries = Object.entries(piece);
  const named = entries.find(([key]) => /^(?:kind|type)$/iu.test(key))?.[1];
  const said = entries.find(([key]) => /^(?:text|content)$/iu.test(key))?.[1];
  const kind = typeof named === 'string' ? kindCalled(named) : undefined;
  if (kind && typeof said === 'string') return [{ kind, text: said }];
  return entries.flatMap(([key, text]) => {
    const its = kindCalled(key);
    return its && typeof text === 'string' && text.trim() !== '' ? [{ kind: its, text }] : [];
  });
}

function kindCalled(name: string): Piece['kind'] | undefined {
  if (/plan|system/iu.test(name)) return 'plan';
  if (/thought|thinking/iu.test(name)) return 'thinking';
  if (/action/iu.test(name)) return 'action';
  return /speech|says?$/iu.test(name) ? 'speech' : undefined;
}
