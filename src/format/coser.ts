import { append } from './append.ts';
import { assembleSegments } from './assemble-segments.ts';
import { createNames, type Speaker } from './labels.ts';
import type { Fault, ParsedTurn } from './parsed-turn.ts';
import type { Piece } from './piece.ts';
import { createLineReader } from './read-lines.ts';
import { renderCoser } from './render-coser.ts';
import { renderHer } from './render-her.ts';
import { visibleSegments } from './segments.ts';
import { findSpans } from './spans.ts';
import { withPlainLineBreaks } from './tidy.ts';
import { readDraft } from './turn-parser.ts';

export type CoserOptions = { readonly speaker?: Speaker; readonly others?: readonly string[] };

/**
 * Parses CoSER text: `[thought]`, `(action)`, all else is speech. Brackets are balanced, may span
 * lines, and may be escaped with a backslash. Labels are handled as in `parseTurn`.
 */
export function parseCoser(text: string, options: CoserOptions = {}): ParsedTurn {
  const faults = new Set<Fault>();
  const names = createNames(options.speaker, options.others ?? []);
  const lines = createLineReader(names, faults, false);
  const pieces: Piece[] = [];
  for (const part of lines.read(withPlainLineBreaks(text), false)) {
    if (part.kind === 'bare') append(pieces, readBrackets(part.text));
    else pieces.push({ kind: part.kind, text: part.text });
  }
  const nextSpeaker = lines.nextSpeaker();
  const { plan, segments } = assembleSegments(pieces);
  const usable = visibleSegments(segments).length > 0;
  if (!usable) faults.add('nothing-visible');
  return {
    systemThinking: plan,
    segments: usable ? segments : [],
    faults: [...faults],
    usable,
    ...(nextSpeaker === undefined ? {} : { nextSpeaker }),
  };
}

/** CoSER text as HER text. */
export function coserToHer(text: string): string {
  return renderHer(assembleSegments(readBrackets(withPlainLineBreaks(text))).segments);
}

/** HER text as CoSER text, without its plan; empty where its layers cannot be told apart. */
export function herToCoser(text: string): string {
  const { segments, rejected } = readDraft(text);
  return rejected ? '' : renderCoser(segments);
}

function readBrackets(text: string): Piece[] {
  const pieces: Piece[] = [];
  let pos = 0;
  for (const span of findSpans(text, true)) {
    if (span.mark !== 'square' && span.mark !== 'paren') continue;
    pieces.push({ kind: 'speech', text: unescaped(text.slice(pos, span.from)) });
    const inner = text.slice(span.inFrom, span.inTo);
    if (span.mark === 'square') pieces.push({ kind: 'thought', text: unescaped(inner) });
    else append(pieces, readAction(inner));
    pos = span.to;
  }
  pieces.push({ kind: 'speech', text: unescaped(text.slice(pos)) });
  return pieces;
}

/** A thought inside an action is cut out of it. */
function readAction(text: string): Piece[] {
  const pieces: Piece[] = [];
  let shown = '';
  let pos = 0;
  for (const span of findSpans(text, true)) {
    if (span.mark !== 'square') continue;
    shown += text.slice(pos, span.from);
    pieces.push({ kind: 'action', text: unescaped(shown) });
    pieces.push({ kind: 'thought', text: unescaped(text.slice(span.inFrom, span.inTo)) });
    shown = '';
    pos = span.to;
  }
  pieces.push({ kind: 'action', text: unescaped(shown + text.slice(pos)) });
  return pieces;
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\([\\[\]()])/g, '$1') : text;
}
