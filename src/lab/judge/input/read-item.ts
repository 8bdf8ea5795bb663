import { z } from 'zod';
import { parseCoser } from '../../../format/coser.ts';
import { createNames, readLabel } from '../../../format/labels.ts';
import { neutraliseLines } from '../../../format/neutralise.ts';
import type { ParsedTurn } from '../../../format/parsed-turn.ts';
import { renderHer } from '../../../format/render-her.ts';
import { visibleSegments } from '../../../format/segments.ts';
import { parseTurn } from '../../../format/turn-parser.ts';
import { ENVIRONMENT } from '../../../scene/beat.ts';
import { isMarkedDiscord } from '../../../scene/origin.ts';
import { itemSchema, type JudgeItem, type RawItem } from './item.ts';
import { itemOfMessages, preferenceSchema } from './messages-item.ts';

/** A line cannot be judged. `discord`: it bears the mark of words that came through Discord. */
export class BadItem extends Error {
  readonly why: 'discord' | 'form';

  constructor(why: BadItem['why'], message: string) {
    super(message);
    this.name = 'BadItem';
    this.why = why;
  }
}

/**
 * Reads one line of a file for the judge. Texts are taken apart here, so that nothing behind this point
 * holds system thinking, and no thoughts of anybody but the speaker.
 *
 * @param id of an item that has none
 * @throws BadItem with what is wrong
 */
export function readItem(line: string, id: string): JudgeItem {
  if (isMarkedDiscord(line)) throw new BadItem('discord', 'it came through Discord');
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    throw new BadItem('form', 'it is no JSON: one object a line is wanted');
  }
  // What JSON escapes hid from the first look.
  if (isMarkedDiscord(JSON.stringify(record))) throw new BadItem('discord', 'it came through Discord');
  return parsed(rawItem(record, id));
}

function rawItem(record: unknown, id: string): RawItem {
  const isPreference =
    typeof record === 'object' && record !== null && 'chosen' in record && !('candidates' in record);
  const read = isPreference ? preferenceSchema.safeParse(record) : itemSchema.safeParse(record);
  if (!read.success) throw new BadItem('form', problemOf(read.error));
  return 'candidates' in read.data
    ? itemSchema.parse(read.data)
    : itemOfMessages(preferenceSchema.parse(record), id);
}

function problemOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length > 0 ? `${z.core.toDotPath(path)}: ${message}` : message))
    .join('; ');
}

const NOBODY = createNames(undefined, []);

function parsed({ id, scene, context, candidates, format }: RawItem): JudgeItem {
  const { speaker, others } = context;
  const plain = (text: string) => neutraliseLines(text, NOBODY).trim();
  const names = others.map(({ name }) => name);
  const read = (text: string, as: RawItem['format']): ParsedTurn =>
    as === 'coser'
      ? parseCoser(text, { speaker: { name: speaker }, others: names })
      : parseTurn(text, { speaker: { name: speaker }, others: names });
  return {
    id,
    scene: scene ?? id,
    context: {
      speaker,
      sheet: plain(context.sheet),
      setting: plain(context.setting),
      others: others.map(({ name, sheet }) => ({ name, sheet: plain(sheet) })),
      lines: context.lines.map((line) => heardLine(line, speaker, format)).filter((line) => line !== ''),
      note: plain(context.note),
    },
    candidates: candidates.map((one, place) => ({
      name: one.model ?? `candidate ${place + 1}`,
      segments: read(one.text, one.format ?? format).segments,
    })),
  };
}

/** A line as the speaker perceived it; '' where nothing of it can be told to be visible. */
function heardLine(line: string, speaker: string, format: RawItem['format']): string {
  const label = readLabel(line, 0);
  const name = label && label.name !== '' ? label.name : ENVIRONMENT.name;
  const text = label ? line.slice(label.to) : line;
  const turn = format === 'coser' ? parseCoser(text) : parseTurn(text);
  // Fail closed: what is not plainly the speaker's own was only seen and heard.
  const isOwn = createNames({ name: speaker }, []).whoIs(name) === 'own';
  const segments = isOwn ? turn.segments : visibleSegments(turn.segments);
  return segments.length === 0 ? '' : renderHer(segments, { name });
}
