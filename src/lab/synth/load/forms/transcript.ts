import { type Label, readLabel } from '../../../../format/labels.ts';
import { ENVIRONMENT } from '../../../../scene/beat.ts';
import type { BoundedLine } from '../lines-of.ts';
import { looksLikeName } from '../names.ts';
import { type FoundAt, leftOf, type RawConversation, type RawTurn, TOLD } from '../raw-conversation.ts';
import { isWorldName, saidBehind } from './text-format.ts';

/** A longer scene is not held in memory. Characters. */
export const LARGEST_SCENE = 2_000_000;

const RULE = /^\s*(?:-{3,}|\*{3,}|={3,}|_{3,}|(?:\*\s+){2,}\*)\s*$/u;
const HEADING = /^#{1,6}\s+(.+?)\s*#*\s*$/u;
/** Headers that a scene may begin with. */
const HEADERS: ReadonlyMap<string, Header> = new Map(
  Object.entries({
    title: 'title',
    scene: 'scenario',
    scenario: 'scenario',
    setting: 'scenario',
    book: 'book',
    chapter: 'chapter',
    topic: 'topic',
  } as const),
);
type Header = 'title' | 'scenario' | 'book' | 'chapter' | 'topic';

/**
 * Scenes of a plain transcript: `Name: what is said`. A line without a name goes on with who spoke last or, before
 * anybody did, sets the scene; so does one that is indented, whatever it begins with. A rule or a heading begins
 * another scene. Thoughts and actions stand in HER’s tags or in CoSER’s brackets, or are not there.
 *
 * @param name of the file: scenes are called by it
 */
export async function* fromTranscript(
  lines: AsyncIterable<BoundedLine>,
  name: string,
  path: string,
): AsyncGenerator<FoundAt> {
  let scenes = 0;
  let [begins, length, title] = [1, 0, ''];
  let held: string[] = [];

  function* end(): Generator<FoundAt> {
    const where = `${path}, line ${begins}`;
    const text = held.join('\n');
    if (length > LARGEST_SCENE) {
      const left = leftOf('too-large', `a scene of ${length} characters`, text.slice(0, TOLD));
      yield { where, left };
    } else if (text.trim() !== '') {
      yield { where, raw: sceneOf(held, name, scenes, title) };
      scenes += 1;
    }
    [held, length] = [[], 0];
  }

  for await (const line of lines) {
    const heading = HEADING.exec(line.begins)?.[1];
    if (heading !== undefined || RULE.test(line.begins)) {
      yield* end();
      [title, begins] = [heading ?? '', line.at + 1];
      continue;
    }
    length += line.length + 1;
    if (length <= LARGEST_SCENE && line.text !== undefined) held.push(line.text);
  }
  yield* end();
}

function sceneOf(lines: readonly string[], name: string, at: number, heading: string): RawConversation {
  const headers: Partial<Record<Header, string>> = {};
  const before: string[] = [];
  const turns: { speaker: string; aside: string; lines: string[] }[] = [];
  const isName = createIsName(lines);
  for (const line of lines) {
    const label = labelOf(line);
    const header = label && turns.length === 0 ? HEADERS.get(label.name.toLowerCase()) : undefined;
    if (label && header) headers[header] = line.slice(label.to).trim();
    else if (label && isName(label.name)) {
      const speaker = isWorldName(label.name) ? ENVIRONMENT.name : label.name;
      turns.push({ speaker, aside: label.aside, lines: [line.slice(label.to)] });
    } else (turns.at(-1)?.lines ?? before).push(line);
  }
  return {
    id: `${name}-${at}`,
    key: { book: headers.book || name, conversation: at },
    source: 'transcript',
    origin: 'local',
    chapter: headers.chapter ?? '',
    topic: headers.topic || headers.title || heading,
    scenario: [headers.scenario ?? '', before.join('\n').trim()].filter(Boolean).join('\n\n'),
    characters: [],
    turns: turns.map(({ speaker, aside, lines: said }, place): RawTurn => {
      return { speaker, ...saidBehind(aside, said.join('\n').trim()), from: [place] };
    }),
  };
}

/** What is indented goes on, whatever it begins with. */
function labelOf(line: string): Label | undefined {
  return /^\s/u.test(line) ? undefined : readLabel(line, 0);
}

/** A word in lower case may be what somebody goes by: then it speaks more than once. */
function createIsName(lines: readonly string[]): (name: string) => boolean {
  const times = new Map<string, number>();
  for (const line of lines) {
    const name = labelOf(line)?.name ?? '';
    if (/^[\p{L}\p{N}_.-]+$/u.test(name)) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return (name) => looksLikeName(name) || (times.get(name) ?? 0) > 1;
}
