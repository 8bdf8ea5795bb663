import { assembleSegments } from './assemble-segments.ts';
import { endBeforeCutOffTag, repairTags } from './broken-tags.ts';
import { readChatTokens } from './chat-tokens.ts';
import { type JsonPart, readJsonReply } from './json-reply.ts';
import { type Names, readLabel } from './labels.ts';
import { kindOfName, tagNameOf } from './layer-names.ts';
import { nest } from './nesting.ts';
import type { Fault } from './parsed-turn.ts';
import type { Piece } from './piece.ts';
import { prepareMarks } from './prepare-marks.ts';
import { readStretches, type Setting, type Settled } from './read-stretches.ts';
import { createTagScanner, type Tag } from './tag-scanner.ts';
import { withPlainLineBreaks } from './tidy.ts';

/**
 * Takes a whole draft apart. All that needs the end of the turn to be known is decided here, in this
 * order: JSON, broken tags, tokens of chat templates, where the tags nest, then what the stretches
 * between them hold.
 */
export function settleTurn(draft: string, found: readonly Tag[], setting: Setting): Settled {
  const faults = new Set<Fault>();
  const text = unfence(withPlainLineBreaks(draft));
  const json = settleJson(text, setting, faults);
  if (json) return json;

  const { marks, end } = readChatTokens(text, repairTags(text, found, faults), faults);
  const last = Math.min(end, endBeforeCutOffTag(text, faults));
  const kept = marks.filter((mark) => mark.from < last);
  const prepared = prepareMarks(text, kept, setting.startInside, faults);
  const structure = nest(
    text,
    prepared,
    last,
    (from, to) => findOwnLine(text, from, to, setting.names),
    faults,
  );

  const { stretches } = structure;
  const start = stretches.findIndex(
    (part) => part.kind !== 'plan' && text.slice(part.from, part.to).trim() !== '',
  );
  const first = stretches[start];
  if (first?.kind === 'bare') {
    const reply = settleJson(text.slice(first.from, last), setting, faults);
    const plan = stretches
      .slice(0, start)
      .map((part): Piece => ({ kind: 'plan', text: draft.slice(part.from, part.to) }));
    if (reply) return { ...reply, plan: [assembleSegments(plan).plan, reply.plan].join('\n').trim() };
  }
  return readStretches(text, draft, structure, setting, faults);
}

/**
 * Blanks out the code fence that some models put around a whole reply; places stay what they were.
 * A fence that holds a part of it, or says that it holds thoughts, is left to `bare-text.ts`.
 */
function unfence(text: string): string {
  const open = /^\s*```([a-z]*)[ \t]*(?=\n|<)/i.exec(text.slice(0, 64));
  if (!open || kindOfName(tagNameOf(open[1] ?? '')) !== 'unknown') return text;
  const next = text.indexOf('```', open[0].length);
  const to = next < 0 ? text.length : next;
  if (next >= 0 && text.slice(next + 3).trim() !== '') return text;
  return ' '.repeat(open[0].length) + text.slice(open[0].length, to) + ' '.repeat(text.length - to);
}

/**
 * Where in the text from `from` on the last line that begins with the speaker's own name begins; -1
 * where none does. The last one, because a plan may have such lines too.
 */
function findOwnLine(text: string, from: number, to: number, names: Names): number {
  let found = -1;
  for (let line = text.indexOf('\n', from); line >= 0 && line < to; line = text.indexOf('\n', line + 1)) {
    const label = readLabel(text, line + 1);
    // A list of notes on people is still a plan.
    const isNote = label && (label.to > to || /[-+•>#\d]/.test(text[label.from] ?? ''));
    if (label && !isNote && names.whoIs(label.name) === 'own') found = line + 1 - from;
  }
  return found;
}

/** Settles a reply that is JSON; its visible texts are read like replies of their own. */
function settleJson(text: string, setting: Setting, faults: Set<Fault>): Settled | undefined {
  const parts = readJsonReply(text);
  if (!parts) return undefined;
  faults.add('json-reply');
  const pieces: Piece[] = [];
  let rejected = parts === 'broken';
  let nextSpeaker: string | undefined;
  if (parts !== 'broken') {
    for (const part of parts) {
      if (nextSpeaker) break;
      readPart(part);
    }
  }
  const { plan, segments } = assembleSegments(pieces);
  return { plan, segments, faults, rejected, plain: false, nextSpeaker };

  function readPart({ layer, text: value }: JsonPart): void {
    if (layer === 'name') {
      const who = setting.names.whoIs(value);
      if (typeof who === 'object') nextSpeaker = who.other;
    } else if (layer === 'speech' || layer === 'action') {
      const scanner = createTagScanner();
      scanner.scan(value, 0);
      const inner = settleTurn(value, scanner.tags, {
        ...setting,
        startInside: false,
        midway: true,
        section: false,
      });
      for (const fault of inner.faults) faults.add(fault);
      rejected ||= inner.rejected;
      nextSpeaker ??= inner.nextSpeaker;
      pieces.push({ kind: 'plan', text: inner.plan });
      for (const { kind, text: words } of inner.segments) {
        pieces.push({ kind: kind === 'speech' && layer === 'action' ? 'action' : kind, text: words });
      }
    } else {
      const isPlan = layer === 'plan' || (layer === 'musing' && pieces.length === 0);
      pieces.push({ kind: isPlan ? 'plan' : 'thought', text: value });
    }
  }
}
