import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  escapeMarkdown,
} from 'discord.js';
import type { SceneInfo } from '../../../engine/engine-api.ts';
import { PRESET_WORDS } from '../../../engine/presets.ts';
import { BUTTONS } from './buttons.ts';

/** What the card tells beside the scene itself. */
export type CardFacts = {
  /** Where each portrait is: an address, or `attachment://…` while it is being uploaded. By card id. */
  readonly portraits: Readonly<Record<string, string>>;
  /** Whether the bot reads what is written in the channel, or only what is addressed to it. */
  readonly reads: boolean;
  readonly botName: string;
  /** Where a model runs, in words: `on this machine`, `at api.example.com`. */
  readonly modelPlace?: string;
};

/** A message holds ten attachments and forty parts. */
export const MOST_PORTRAITS = 8;
const MOST_TEXT = 4000;
const LONGEST_NAME = 40;
const LONGEST_LIST = 150;
// Characters of the setting and of what is told of each one on stage; the next where all is too much.
const LENGTHS = [
  { setting: 1500, trait: 80 },
  { setting: 600, trait: 80 },
  { setting: 150, trait: 0 },
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
  const players = info.players.filter(({ present }) => present).map(({ actor }) => actor.name);
  const portraits = here.slice(0, MOST_PORTRAITS).map((character) => {
    const trait = plain(firstSentence(character.publicSheet), longest.trait);
    const words = `**${plain(character.name, LONGEST_NAME)}**${trait ? `\n-# ${trait}` : ''}`;
    return portrait(words, facts.portraits[character.id]);
  });
  const people = [
    ...(here.length === 0 ? ['Nobody is on stage yet: `/summon` brings someone.'] : []),
    ...listed(
      'Also on stage',
      here.slice(MOST_PORTRAITS).map(({ name }) => name),
    ),
    ...listed('Away', away),
    `**Players** ${list(players) || 'nobody yet'}`,
  ];
  return [
    text(`## ${plain(record.title, 100)}${status(info)}\n${plain(setting, longest.setting)}`),
    { type: ComponentType.Separator },
    ...portraits,
    text(people.join('\n')),
    { type: ComponentType.Separator },
    text(smallPrint(info, facts)),
    ...(record.status === 'ended'
      ? []
      : [{ type: ComponentType.ActionRow, components: buttons(info) } as const]),
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

function smallPrint(
  { record, turnsPerLine, model }: SceneInfo,
  { reads, botName, modelPlace }: CardFacts,
): string {
  const mode = record.preset === 'called-only' ? 'Called only' : record.preset.replace('-', ' ');
  const lines = [
    `**Mode** ${mode[0]?.toUpperCase()}${mode.slice(1)}: ${PRESET_WORDS[record.preset]}`,
    '**Thoughts** nobody reads them',
    `**Budget** ${budget(turnsPerLine)}`,
    model
      ? `**Lines are sent to** ${plain(model, 80)}${modelPlace ? `, ${plain(modelPlace, 100)}` : ''}`
      : '**Lines are sent to** nobody: the scripted demo reads from a script on the bot’s own machine',
  ];
  if (record.status !== 'ended') {
    lines.push(
      reads
        ? '**To be heard** press Join or call a character by name, then write here. What others write is not kept.'
        : `**To be heard** mention @${plain(botName, 40)} in what you write, use \`/say\`, or open a line’s menu > Apps > Answer this character.`,
    );
  }
  return lines.map((line) => `-# ${line}`).join('\n');
}

function budget(turns: number): string {
  if (turns === 0) return 'a turn of the cast when someone asks for it';
  return `${turns === 1 ? '1 turn' : `${turns} turns`} of the cast after each line`;
}

function status({ record }: SceneInfo): string {
  if (record.status === 'playing') return '';
  return record.status === 'paused' ? ' · paused' : ' · ended';
}

function buttons({ record }: SceneInfo): APIButtonComponentWithCustomId[] {
  const paused = record.status === 'paused';
  return [
    button(BUTTONS.join, 'Join', ButtonStyle.Success),
    paused
      ? button(BUTTONS.goOn, 'Continue', ButtonStyle.Primary)
      : button(BUTTONS.pause, 'Pause', ButtonStyle.Secondary),
    button(BUTTONS.cast, 'Cast', ButtonStyle.Secondary),
    button(BUTTONS.end, 'End', ButtonStyle.Danger),
  ];
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
  return names.length > 0 ? [`**${label}** ${list(names)}`] : [];
}

function list(names: readonly string[]): string {
  return plain(names.join(', '), LONGEST_LIST);
}

/** What someone typed, as text that formats nothing and begins no heading. */
function plain(words: string, longest: number): string {
  if (longest === 0) return '';
  const short = words.length > longest ? `${words.slice(0, longest - 1).trimEnd()}…` : words;
  return escapeMarkdown(short.replace(/\n{3,}/g, '\n\n'), {
    heading: true,
    bulletedList: true,
    maskedLink: true,
  });
}
