import { type JsonObject, objectsIn } from '../../format/answer-json.ts';
import { readHeading } from '../../format/headings.ts';
import { withoutThinking } from '../../performer/thinking-in.ts';
import type { Keep } from '../calls/ask.ts';

/** A director’s reason, and whom it names: these are asked for, and may be read by all. */
const OPEN_FIELDS: ReadonlyMap<string, string> = new Map([
  ['reasoning', 'reasoning'],
  ['reason', 'reason'],
  ['nextspeaker', 'next_speaker'],
]);
const OPEN_LINE = /^\W*(?:reasoning|reason|why|next[ _]speaker)\b/iu;

/**
 * What of a director’s answer is written down and read (the one law): not what it thought before it, in tags,
 * in channels, in fields of JSON that nobody asked for, or under a heading that says so.
 */
export const keepChoice: Keep = ({ text }) => ({
  text: withoutHiddenLines(withoutHiddenFields(withoutThinking(text))),
});

/** As it was written where nothing in it is hidden: the references read answers with their quirks. */
function withoutHiddenFields(answer: string): string {
  const { objects, end, beside } = objectsIn(answer);
  // Of what nobody can read nobody can tell what is open.
  if (end === 'broken') return beside.trim();
  const isOpen =
    end === 'whole' && objects.every((one) => [...one.keys()].every((key) => OPEN_FIELDS.has(key)));
  if (isOpen) return answer;
  return [beside.trim(), ...objects.map(openFields)].filter(Boolean).join('\n');
}

function openFields(object: JsonObject): string {
  const open = [...OPEN_FIELDS].flatMap(([key, name]) => {
    const value = object.get(key);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return open.length > 0 ? JSON.stringify(Object.fromEntries(open)) : '';
}

/** Without the lines that stand under a heading of a hidden layer, up to the next open one. */
function withoutHiddenLines(answer: string): string {
  let hidden = false;
  let underHeadings = false;
  const lines = answer.split('\n').filter((line) => {
    const heading = OPEN_LINE.test(line) ? 'open' : readHeading(line, 0, underHeadings)?.layer;
    if (heading) {
      underHeadings ||= heading !== 'open';
      hidden = heading === 'plan' || heading === 'musing' || heading === 'thought';
    }
    return !hidden;
  });
  return lines.join('\n').trim();
}
