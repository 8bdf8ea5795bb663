import { z } from 'zod';
import { type Beat, playerActorId } from '../../scene/beat.ts';
import { DamagedError } from '../../store/scene-store.ts';
import type { Choice } from '../choices/choice.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { Registry } from '../registry.ts';
import type { ReplyFile } from '../reply-file.ts';
import { broughtFiles, broughtLines } from './brought-files.ts';
import type { Consent } from './consents.ts';
import { inFiles } from './in-files.ts';
import type { Held } from './privacy-api.ts';
import { partIn, wordsOf } from './words-of.ts';

/** How much of a person is stored. */
export async function heldOf(
  room: EngineRoom,
  registry: Registry,
  person: string,
  consent: Consent,
): Promise<Held> {
  const held = { scenes: 0, lines: 0, whispers: 0, personas: 0 };
  await walk(room, registry, person, (part) => {
    held.scenes += 1;
    held.lines += part.counts.lines;
    held.whispers += part.counts.whispers;
    held.personas += part.counts.personas;
  });
  const reports = (await reportsBy(room, person)).length;
  const brought = await room.cards.broughtBy(person);
  const chosen = (await room.choices.of(person)).length;
  const cards = brought.reduce((sum, there) => sum + there.cards.length + there.worlds.length, 0);
  const principles = (await room.principles.addedBy(person)).length;
  return { ...held, reports, cards, principles, chosen, ...consent };
}

/** All that a person wrote and how they were called, scene by scene, as text files. */
export async function exportOf(
  room: EngineRoom,
  registry: Registry,
  person: string,
  consent: Consent,
): Promise<readonly ReplyFile[]> {
  const lines = [
    '# What Dramatis stores of you',
    `Opted out: ${consent.optedOut ? 'yes' : 'no'}. Choices counted: ${consent.choices ? 'yes' : 'no'}.`,
  ];
  let told: string[] = [];
  await walk(
    room,
    registry,
    person,
    ({ record, names }) => {
      lines.push(
        `## ${record.title} (${record.log})`,
        `Known as: ${[...names].join(', ') || 'nobody'}`,
        ...told,
      );
      told = [];
    },
    ({ n, at, kind, words }) => told.push(`- ${new Date(at).toISOString()} #${n} ${kind}: ${words}`),
    () => {
      told = [];
    },
  );
  const reports = await reportsBy(room, person);
  if (reports.length > 0) {
    const told = reports.map(({ at, quote }) => `- ${new Date(at).toISOString()}: ${quote}`);
    lines.push('## Reports', ...told);
  }
  const chosen = await room.choices.of(person);
  if (chosen.length > 0) lines.push('## Choices that were counted', chosen.map(choiceLine).join('\n'));
  const asked = await room.principles.addedBy(person);
  if (asked.length > 0)
    lines.push('## What you asked of lines', asked.map((words) => `- ${words}`).join('\n'));
  const brought = await room.cards.broughtBy(person);
  lines.push(...broughtLines(brought));
  return [...inFiles('dramatis-of-you', lines), ...broughtFiles(brought)];
}

/** Which it was, and never what was said or thought in it. */
function choiceLine({ at, what, n, log, speaker, better, worse }: Choice): string {
  const short = (hash: string) => hash.slice(0, 12);
  const versions = [
    ...(better === undefined ? [] : [`better ${short(better)}`]),
    ...(worse.length > 0 ? [`worse ${worse.map(short).join(', ')}`] : []),
  ];
  return `- ${new Date(at).toISOString()} ${log} #${n} of ${speaker}: ${what} (${versions.join('; ')})`;
}

type Told = { readonly n: number; readonly at: number; readonly kind: string; readonly words: string };

async function walk(
  { options: { store, library }, log }: EngineRoom,
  registry: Registry,
  person: string,
  part: (found: Awaited<ReturnType<typeof partIn>>) => void,
  each: (told: Told) => void = () => {},
  none: () => void = () => {},
): Promise<void> {
  const ids = new Set([playerActorId(person)]);
  const shipped = new Set(library.scenes().map(({ setting }) => setting));
  for await (const record of registry.everywhere()) {
    const looking = {
      owns: record.owner === person,
      shipped,
      each: (beat: Beat) => each({ n: beat.n, at: beat.at, kind: beat.kind, words: wordsOf(beat) }),
    };
    try {
      const found = await partIn(store, record, ids, looking);
      if (found.takesPart) part(found);
      else none();
    } catch (error) {
      if (!(error instanceof DamagedError)) throw error;
      log.error('scene-unreadable', { scene: record.id, do: 'run dramatis doctor' });
    }
  }
}

/** Of the moderators' log: what they reported, with the reason they gave and what stood there. */
async function reportsBy({ options: { store } }: EngineRoom, person: string): Promise<Report[]> {
  const found: Report[] = [];
  for await (const key of store.ids('audit')) {
    const { entry } = reportSchema.safeParse(await store.get('audit', key)).data ?? {};
    if (entry?.by === person && entry.quote !== undefined) found.push({ at: entry.at, quote: entry.quote });
  }
  return found;
}

type Report = { readonly at: number; readonly quote: string };

const reportSchema = z.object({
  entry: z.object({
    kind: z.literal('reported'),
    at: z.number(),
    by: z.string(),
    quote: z.string().optional(),
  }),
});
