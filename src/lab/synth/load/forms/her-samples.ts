import { z } from 'zod';
import { fold } from '../../../../format/fold.ts';
import { readLabel } from '../../../../format/labels.ts';
import { whatIsWrong } from '../../../coser/files/records-in.ts';
import type { Left } from '../loaded.ts';
import { looksLikeName } from '../names.ts';
import { type Found, leftOf, type RawConversation, type RawTurn } from '../raw-conversation.ts';
import { saidBehind } from './text-format.ts';

/**
 * A sample of HER’s training sets (`sft_multi_turn`, `sft_single_turn`; her-spec 3.1, 3.2, 8.1): one character’s
 * side of a conversation. Of others it holds what could be seen and heard, so that is all there is. Nothing
 * is put together over several samples.
 */
const sampleRecord = z.looseObject({
  messages: z
    .array(z.looseObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
    .min(1),
  trace_id: z.union([z.string(), z.int()]).nullish(),
  character: z.string().nullish(),
});

export function isHerSample(value: object): boolean {
  return 'messages' in value;
}

const OPENING = /^\s*={3}\s*conversation start\s*={3}[ \t]*\n?/iu;

/** @param id where the sample has none */
export function fromHerSample(value: object, id: string): Found {
  const read = sampleRecord.safeParse(value);
  if (!read.success) return { left: leftOf('bad-form', whatIsWrong(read.error), value) };
  const { messages, trace_id, character } = read.data;
  const system = messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => content)
    .join('\n\n');
  const [, named, from] = /You are (.+?)(?: from (.+?))?\.\s*(?:\n|$)/u.exec(system) ?? [];
  const name = (character ?? named ?? '').trim();
  if (name === '') return { left: leftOf('no-speaker', 'it does not say whose sample it is', value) };
  const said = messages.map(({ role, content }, at) =>
    role === 'user'
      ? saidIn(content, at)
      : { turns: role === 'assistant' ? [own(name, content, at)] : [], left: [] },
  );
  const turns = said.flatMap((one) => one.turns);
  const sections = sectionsOf(system);
  const profiles = othersIn(sections('others'), new Set(turns.map(({ speaker }) => fold(speaker))));
  return {
    raw: {
      id: trace_id === undefined || trace_id === null || trace_id === '' ? id : String(trace_id),
      key: { book: from?.trim() ?? '' },
      source: 'her',
      scenario: sections('scenario'),
      characters: [
        {
          name,
          profile: sections('profile'),
          background: sections('background'),
          motivation: sections('motivation'),
        },
        ...profiles,
      ],
      turns,
      left: said.flatMap((one) => one.left),
    },
  };
}

function own(speaker: string, text: string, at: number): RawTurn {
  return { speaker, text, format: 'her', from: [at] };
}

/** The lines of one message: each paragraph that begins with a name begins one. */
function saidIn(content: string, at: number): { turns: readonly RawTurn[]; left: readonly Left[] } {
  const turns: { speaker: string; aside: string; text: string }[] = [];
  const left: Left[] = [];
  for (const paragraph of content.replace(OPENING, '').split(/\n\s*\n/u)) {
    const part = paragraph.trim();
    if (part === '') continue;
    const label = readLabel(part, 0);
    const last = turns.at(-1);
    if (label && looksLikeName(label.name))
      turns.push({ speaker: label.name, aside: label.aside, text: part.slice(label.to) });
    else if (last) last.text += `\n\n${part}`;
    else left.push(leftOf('no-speaker', `message ${at} does not say who speaks`, part));
  }
  return {
    turns: turns.map(({ speaker, aside, text }): RawTurn => {
      return { speaker, ...heard(aside, text), from: [at], visibleOnly: true };
    }),
    left,
  };
}

/** These samples are written in HER’s tags: without any, all is said. */
function heard(aside: string, text: string): Pick<RawTurn, 'text' | 'format'> {
  return aside === '' ? { text, format: 'her' } : saidBehind(aside, text);
}

const SECTIONS = {
  profile: /profile/iu,
  scenario: /scenario/iu,
  others: /information about|other characters/iu,
  motivation: /inner thoughts|motivation/iu,
  background: /background/iu,
} as const;
type Section = keyof typeof SECTIONS;

/** What stands under each heading of a system prompt (`===X===`, `## X`, `**X**`), first of its kind first. */
function sectionsOf(system: string): (section: Section) => string {
  const found = new Map<Section, string[]>();
  let current: string[] | undefined;
  for (const line of system.split('\n')) {
    const heading = headingOf(line);
    if (heading === undefined) current?.push(line);
    else {
      // `Information about the other Characters` before `…'s Profile`: both may name profiles.
      const section = (['others', 'scenario', 'motivation', 'background', 'profile'] as const).find(
        (one) => SECTIONS[one].test(heading) && !found.has(one),
      );
      current = section ? [] : undefined;
      if (section && current) found.set(section, current);
    }
  }
  return (section) => found.get(section)?.join('\n').trim() ?? '';
}

function headingOf(line: string): string | undefined {
  return /^\s*(?:={2,}\s*(.+?)\s*={2,}|#{1,4}\s+(.+)|\*\*\s*([^*:]+)\s*\*\*)\s*$/u
    .exec(line)
    ?.slice(1)
    .find(Boolean);
}

const MARKED = /^\*\*([^*\n]{1,60}?):?\*\*:?\s*/u;

/** Sheets of others: `**Name**: …`, or `Name: …` of somebody who speaks. What follows a sheet belongs to it. */
function othersIn(text: string, speaking: ReadonlySet<string>): RawConversation['characters'] {
  const sheets: { name: string; profile: string }[] = [];
  for (const line of text.split('\n')) {
    const marked = MARKED.exec(line);
    const label = readLabel(line, 0);
    const last = sheets.at(-1);
    const isPerson = (name: string) =>
      speaking.has(fold(name)) || (sheets.length === 0 && looksLikeName(name));
    if (
      marked?.[1] &&
      (isPerson(marked[1]) || (last && looksLikeName(marked[1]) && !FIELDS.has(fold(marked[1]))))
    ) {
      sheets.push({ name: marked[1], profile: line.slice(marked[0].length) });
    } else if (!marked && label && isPerson(label.name)) {
      sheets.push({ name: label.name, profile: line.slice(label.to) });
    } else if (last) last.profile += `\n${line}`;
  }
  return sheets;
}

/** Lines of a sheet that look like names. */
const FIELDS = new Set(
  'name description personality background appearance relationships motivation experience profile goals role'.split(
    ' ',
  ),
);
