import { escapeDiscord } from '../../format/render-discord.ts';
import { asTyped, joined, type Message, say, type Text, type Value } from '../../words/text.ts';
import { timeOf } from '../access/block-words.ts';
import type { AuditEntry, AuditKind } from './audit-api.ts';

const KIND_WORDS: Readonly<Record<AuditKind, Message>> = {
  configured: say('Settings'),
  opened: say('Scene opened'),
  ended: say('Scene ended'),
  summoned: say('Summoned'),
  dismissed: say('Dismissed'),
  deleted: say('Deleted'),
  reported: say('Report'),
  budget: say('Budget'),
  failed: say('Failure'),
  'held-back': say('Held back'),
  whispered: say('Whisper'),
  secret: say('Secret'),
  peeked: say('Peek'),
  blocked: say('Blocks'),
  'card-saved': say('Character'),
  'card-imported': say('Character imported'),
  'card-removed': say('Character removed'),
  'world-imported': say('World imported'),
  'world-removed': say('World removed'),
  'joined-server': say('Server'),
  retention: say('Retention'),
  folded: say('More'),
};

// A mention or a moment of our own; whatever else a value holds is shown letter by letter.
const OURS = /^<(?:@[!&]?|#|t:)\d+(?::[a-zA-Z])?>$/u;
const SCENE = /^discord:(\d+)$/u;
const LONGEST_QUOTE = 1500;

/** An entry as moderators read it on Discord: what happened, the words it is about, where and by whom. */
export function entryWords(entry: AuditEntry): Text {
  const { kind, at, quote, beat, by, message } = entry;
  const channel = SCENE.exec(entry.scene ?? '')?.[1];
  const facts = [
    ...(by === undefined ? [] : [/^\d+$/u.test(by) ? `<@${by}>` : escapeDiscord(by)]),
    ...(channel === undefined ? [] : [`<#${channel}>`]),
    ...(beat === undefined ? [] : [`#${beat}`]),
    ...(message === undefined ? [] : [message]),
  ];
  const head = joined([say('**{{kind}}**', { kind: KIND_WORDS[kind] ?? kind }), asTyped(timeOf(at, 'f'))]);
  return [
    head,
    harmless(entry.text),
    ...(quote === undefined ? [] : [asTyped(quoted(quote))]),
    ...(facts.length > 0 ? [asTyped(`-# ${facts.join(' · ')}`)] : []),
  ];
}

/** Names and the like are values; nothing in one is markup or rings for anyone. */
function harmless(text: Text): Text {
  if (typeof text === 'string') return text;
  return 'text' in text ? harmlessMessage(text) : text.map(harmless);
}

function harmlessValue(value: Value): Value {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return literally(value);
  if ('text' in value) return harmlessMessage(value);
  return value.map((part) => (typeof part === 'string' ? literally(part) : harmlessMessage(part)));
}

function literally(value: string): string {
  return OURS.test(value) ? value : escapeDiscord(value);
}

function harmlessMessage({ text, values }: Message): Message {
  const changed = Object.entries(values).map(([name, value]) => [name, harmlessValue(value)] as const);
  return { text, values: Object.fromEntries(changed) };
}

function quoted(text: string): string {
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text;
  return escapeDiscord(short)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
