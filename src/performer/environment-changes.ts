import { z } from 'zod';
import { foldName } from '../format/labels.ts';
import type { ActorId } from '../scene/beat.ts';
import { type Person, visibleText } from './environment-narration.ts';

/** What became of someone's being there. */
export type PresenceChange = {
  readonly actor: ActorId;
  readonly what: 'leaves' | 'enters' | 'sleeps' | 'wakes' | 'apart' | 'near';
  /** What onlookers saw, as one plain sentence with the name in it, at most 100 characters; or ''. */
  readonly how: string;
};

const MOST_CHANGES = 4;
const MOST_CHARS = 100;

const changeSchema = z.object({
  who: z.string().max(200),
  what: z.string().max(60),
  how: z.string().max(2000).catch(''),
});

const WORDS: readonly (readonly [PresenceChange['what'], RegExp])[] = [
  ['leaves', /^(?:leaves?|left|leaving|exits?|exited|goes(?: out| away)?|departs?|departed|walks out|gone)$/],
  ['enters', /^(?:enters?|entered|entering|arrives?|arrived|comes(?: in)?|came in|walks in|appears?)$/],
  ['sleeps', /^(?:falls? asleep|fell asleep|sleeps?|asleep|faints?|fainted|passes out)$/],
  ['wakes', /^(?:wakes?(?: up)?|woke(?: up)?|awakens?|awake|comes to)$/],
  ['apart', /^(?:(?:steps?|stepped|moves?|goes|walks) (?:aside|away|apart)|aside|apart|out of earshot)$/],
  ['near', /^(?:comes? back|came back|returns?|returned|returning|steps? back|rejoins?|back|near)$/],
];
const SHOWN: Record<PresenceChange['what'], string> = {
  leaves: 'leaves',
  enters: 'comes in',
  sleeps: 'falls asleep',
  wakes: 'wakes',
  apart: 'steps aside',
  near: 'comes back',
};

/**
 * Changes as the model listed them, for those of `people` whom their name names alone. Whoever is
 * listed twice is where the last entry has it.
 */
export function readChanges(listed: readonly unknown[], people: readonly Person[]): PresenceChange[] {
  const bearers = bearersOf(people);
  const changes = new Map<ActorId, PresenceChange>();
  for (const entry of listed) {
    const read = changeSchema.safeParse(entry);
    if (!read.success) continue;
    const actor = bearerOf(read.data.who, bearers);
    const said = read.data.what
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .trim();
    const what = WORDS.find(([, words]) => words.test(said))?.[0];
    if (actor === undefined || what === undefined) continue;
    changes.delete(actor);
    changes.set(actor, { actor, what, how: howOf(read.data, actor, what, people) });
  }
  return [...changes.values()].slice(0, MOST_CHANGES);
}

type Bearers = ReadonlyMap<string, ReadonlySet<ActorId>>;

function bearersOf(people: readonly Person[]): Bearers {
  const bearers = new Map<string, Set<ActorId>>();
  for (const { id, names } of people) {
    for (const name of names) {
      const key = foldName(name);
      if (key) bearers.set(key, (bearers.get(key) ?? new Set()).add(id));
    }
  }
  return bearers;
}

/** Whom the words name, and nobody else: "Mr. Darcy’s dog" is not Darcy, "Bennet" is none of five. */
function bearerOf(who: string, bearers: Bearers): ActorId | undefined {
  const name = foldName(who);
  const ids = bearers.get(name) ?? bearers.get(name.replace(/^(?:the|mr|mrs|ms|miss|sir|lady|dr|old) /, ''));
  const [only] = ids ?? [];
  return ids?.size === 1 ? only : undefined;
}

/** One plain sentence that can stand for itself; '' where the model told of it in no such way. */
function howOf(
  { who, how }: z.infer<typeof changeSchema>,
  actor: ActorId,
  what: PresenceChange['what'],
  people: readonly Person[],
): string {
  const name = plain(who);
  const told = plain(visibleText(how, people));
  // What is said while leaving is the leaver's own to say.
  if (!told || /["“”«»„「」『』]/.test(told)) return '';
  const names = people.find(({ id }) => id === actor)?.names ?? [];
  const named = [name, ...names].some((one) => told.toLowerCase().includes(one.toLowerCase()));
  const sentence = named ? told : `${name} ${SHOWN[what]}, ${told}`;
  const whole = /[.!?…。！？]$/u.test(sentence) ? sentence : `${sentence}.`;
  return whole.length <= MOST_CHARS ? whole : '';
}

/** One line without links, mentions or marks. */
function plain(text: string): string {
  return text
    .replace(/\b(?:[a-z][a-z\d+.-]{0,20}:\/\/|www\.)\S+/gi, ' ')
    .replace(/[@＠#<>＜＞`*~|_^\\[\]{}]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
