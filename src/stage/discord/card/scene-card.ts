import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { SceneInfo } from '../../../engine/engine-api.ts';
import type { Whereabouts } from '../../../engine/ledger/ledger-api.ts';
import { PEEK_WORDS } from '../../../engine/peek.ts';
import { PRESET_WORDS } from '../../../engine/presets.ts';
import { ENVIRONMENT } from '../../../scene/beat.ts';
import type { Locale } from '../../../words/locales.ts';
import { render } from '../../../words/render.ts';
import { joined, type Message, say, type Text } from '../../../words/text.ts';
import { BUTTONS } from './buttons.ts';
import { plain } from './plain-text.ts';
import { notesOn, roomLines } from './who-is-where.ts';

/** What the card tells beside the scene itself. */
export type CardFacts = {
  /** Where each portrait is: an address, or `attachment://…` while it is being uploaded. By card id. */
  readonly portraits: Readonly<Record<string, string>>;
  /** Who is where, as it was last known; empty where it was never asked. */
  readonly map: readonly Whereabouts[];
  /** Whether the bot reads what is written in the channel, or only what is addressed to it. */
  readonly reads: boolean;
  readonly botName: string;
  /** The language of the room; left out, English. */
  readonly locale?: Locale;
  /** Where a model runs, in words: `on this machine`, `at api.example.com`. */
  readonly modelPlace?: string;
};

/** A message holds ten attachments and forty parts. */
export const MOST_PORTRAITS = 8;
const MOST_TEXT = 4000;
const LONGEST_NAME = 40;
const LONGEST_LIST = 150;
const LONGEST_POLICIES = 300;
// Characters of the setting, and of what is told of and noted on each one on stage, and rooms; the
// next where all is too much.
const LENGTHS = [
  { setting: 1500, trait: 80, note: 40, rooms: 10 },
  { setting: 600, trait: 80, note: 40, rooms: 5 },
  { setting: 150, trait: 0, note: 0, rooms: 3 },
] as const;

/** The one message of a scene that says what plays here, as Components V2. */
export function sceneCard(info: SceneInfo, facts: CardFacts): APIMessageTopLevelComponent[] {
  const cards = LENGTHS.map((lengths) => cardOfLength(info, facts, lengths));
  const fitting = cards.find((parts) => textLength(parts) <= MOST_TEXT) ?? cards.at(-1) ?? [];
  return [{ type: ComponentType.Container, components: fitting }];
}

function cardOfLength(
  info: SceneInfo,
  facts: CardFacts,
  longest: (typeof LENGTHS)[number],
): APIComponentInContainer[] {
  const { record, setting } = info;
  const here = info.cast.filter(({ present }) => present).map(({ character }) => character);
  const away = info.cast.filter(({ present }) => !present).map(({ character }) => character.name);
  const inWords = (said: Text): string => render(said, facts.locale);
  const notes = notesOn(facts.map, facts.locale);
  const withNote = (id: string, name: string): string =>
    notes.has(id) ? `${name} (${notes.get(id)})` : name;
  const players = info.players
    .filter(({ present }) => present)
    .map(({ actor }) => withNote(actor.id, actor.name));
  const portraits = here.slice(0, MOST_PORTRAITS).map((character) => {
    const trait = plain(firstSentence(character.publicSheet), longest.trait);
    const note = plain(notes.get(`character:${character.id}`) ?? '', longest.note);
    const name = `**${plain(character.name, LONGEST_NAME)}**${note && ` · ${note}`}`;
    const words = `${name}${trait && `\n-# ${trait}`}`;
    return portrait(words, facts.portraits[character.id]);
  });
  const people = [
    ...(here.length === 0 ? [inWords('Nobody is on stage yet: `/summon` brings someone.')] : []),
    ...listed(
      inWords('**Also on stage**'),
      here.slice(MOST_PORTRAITS).map(({ id, name }) => withNote(`character:${id}`, name)),
    ),
    ...listed(inWords('**Away**'), away),
    inWords(say('**Players** {{players}}', { players: list(players) || say('nobody yet') })),
    ...roomLines(facts.map, longest.rooms, facts.locale),
    ...next(info).map(inWords),
  ];
  return [
    text(`## ${plain(record.title, 100)}${status(info, facts.locale)}\n${plain(setting, longest.setting)}`),
    { type: ComponentType.Separator },
    ...portraits,
    text(people.join('\n')),
    { type: ComponentType.Separator },
    text(smallPrint(info, facts)),
    ...buttonRows(info, facts.locale).map(
      (components) => ({ type: ComponentType.ActionRow, components }) as const,
    ),
  ];
}

/** "Mr." and an initial end none. */
function firstSentence(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return /^.*?\p{Ll}{3}(?=[.!?](?:\s|$))/u.exec(line)?.[0] ?? line;
}

function textLength(parts: readonly APIComponentInContainer[]): number {
  return parts.reduce((sum, part) => {
    if (part.type === ComponentType.TextDisplay) return sum + part.content.length;
    if (part.type === ComponentType.Section) return sum + textLength(part.components);
    return sum;
  }, 0);
}

/** Who is making a turn, and why they. */
function next({ making, why }: SceneInfo): Message[] {
  if (!making) return [];
  const who = making.id === ENVIRONMENT.id ? say('the Narrator') : plain(making.name, LONGEST_NAME);
  return why
    ? [say('**Next** {{who}}, {{why}}', { who, why: plain(why, LONGEST_LIST) })]
    : [say('**Next** {{who}}', { who })];
}

function smallPrint(info: SceneInfo, { reads, botName, modelPlace, locale }: CardFacts): string {
  const { record, turnsPerLine, model, clock, bestOf } = info;
  const lines: Text[] = [
    say('**Mode** {{mode}}', { mode: PRESET_WORDS[record.preset] }),
    ...thoughtsLines(info, locale),
    ...(info.whispersLogged ? [say('**Whispers** moderators can read them and secrets in their log')] : []),
    ...choicesLines(info),
    ...(clock === undefined ? [] : [say('**The story’s clock** {{clock}}', { clock: plain(clock, 40) })]),
    budget(turnsPerLine),
    ...(bestOf === undefined
      ? []
      : [say('**Drafts** the best of {{count}}, which a judge chooses', { count: bestOf })]),
    model
      ? say('**Lines are sent to** {{model}}', {
          model: [plain(model, 80), ...(modelPlace ? [plain(modelPlace, 100)] : [])].join(', '),
        })
      : '**Lines are sent to** nobody: the scripted demo reads from a script on the bot’s own machine',
  ];
  if (record.status !== 'ended') {
    lines.push(
      reads
        ? '**To be heard** press Join or call a character by name, then write here. What others write is not kept.'
        : say(
            '**To be heard** mention @{{bot}} in what you write, use `/say`, or open a line’s menu > Apps > Answer this character.',
            { bot: plain(botName, 40) },
          ),
    );
  }
  return lines.map((line) => `-# ${render(line, locale)}`).join('\n');
}

/** Who may read what the cast thinks, so that whoever plays knows; and of whom something else holds. */
function thoughtsLines({ peek, peekOf = {}, cast }: SceneInfo, locale: Locale | undefined): Message[] {
  if (peek === undefined) return [];
  const others = cast.flatMap(({ character: { id, name } }) => {
    const policy = peekOf[id];
    return policy
      ? [say('of {{name}} {{who}}', { name: plain(name, LONGEST_NAME), who: PEEK_WORDS[policy] })]
      : [];
  });
  const all = render(joined([PEEK_WORDS[peek], ...others], '; '), locale);
  const who = all.length > LONGEST_POLICIES ? `${all.slice(0, LONGEST_POLICIES - 1)}…` : all;
  return [say('**Thoughts** {{who}}', { who })];
}

/** Whose choices are counted, so that whoever plays with them knows. */
function choicesLines({ choicesOf = [] }: SceneInfo): Message[] {
  if (choicesOf.length === 0) return [];
  const people = list(choicesOf.map(({ name }) => name));
  return [say('**Choices** of {{people}} are counted: which version of a line, never its words', { people })];
}

function budget(turns: number): Message {
  return turns === 0
    ? say('**Budget** a turn of the cast when someone asks for it')
    : say('**Budget** {{count}} turns of the cast after each line', { count: turns });
}

function status({ record }: SceneInfo, locale: Locale | undefined): string {
  if (record.status === 'playing') return '';
  return ` · ${render(record.status === 'paused' ? 'paused' : 'ended', locale)}`;
}

function buttonRows({ record }: SceneInfo, locale: Locale | undefined): APIButtonComponentWithCustomId[][] {
  if (record.status === 'ended') return [];
  const paused = record.status === 'paused';
  const shown = (id: string, label: Text, style: APIButtonComponentWithCustomId['style']) =>
    button(id, render(label, locale), style);
  const scene = [
    shown(BUTTONS.join, 'Join', ButtonStyle.Success),
    paused
      ? shown(BUTTONS.goOn, 'Continue', ButtonStyle.Primary)
      : shown(BUTTONS.pause, 'Pause', ButtonStyle.Secondary),
    shown(BUTTONS.cast, 'Cast', ButtonStyle.Secondary),
    shown(BUTTONS.end, 'End', ButtonStyle.Danger),
  ];
  // With eight portraits, one button more would be one part too many for Discord.
  const course = [
    shown(BUTTONS.letThem, 'Let them', ButtonStyle.Secondary),
    shown(BUTTONS.someoneElse, 'Someone else…', ButtonStyle.Secondary),
    shown(BUTTONS.narrator, 'Narrator', ButtonStyle.Secondary),
    shown(BUTTONS.hold, 'Hold', ButtonStyle.Secondary),
  ];
  return paused ? [scene] : [scene, course];
}

/** A button that comes back as an interaction. */
export function button(
  custom_id: string,
  label: string,
  style: APIButtonComponentWithCustomId['style'],
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, custom_id, label, style };
}

function portrait(content: string, url: string | undefined): APIComponentInContainer {
  if (url === undefined) return text(content);
  return {
    type: ComponentType.Section,
    components: [text(content)],
    accessory: { type: ComponentType.Thumbnail, media: { url } },
  };
}

function text(content: string) {
  return { type: ComponentType.TextDisplay, content } as const;
}

function listed(label: string, names: readonly string[]): string[] {
  return names.length > 0 ? [`${label} ${list(names)}`] : [];
}

function list(names: readonly string[]): string {
  return plain(names.join(', '), LONGEST_LIST);
}
