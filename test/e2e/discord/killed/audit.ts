import type { Character } from '../../../../src/cast/character.ts';
import type { Beat } from '../../../../src/scene/beat.ts';
import { replayForStage } from '../../../../src/scene/stage-replay.ts';
import { beatText, voiceOf } from '../../../../src/stage/discord/lines/beat-text.ts';
import { sceneIdOf } from '../../../../src/stage/discord/scene-place.ts';
import type { SceneStore } from '../../../../src/store/scene-store.ts';
import type { DiscordDouble } from '../../../doubles/discord/discord-double.ts';
import type { Act } from './act.ts';

/** What went wrong with a scene; empty where nothing did. */
export type Audit = {
  /** Was written or acknowledged, and is not in the log. */
  readonly lost: readonly string[];
  /** Was heard twice, or stands twice. */
  readonly doubled: readonly string[];
  /** In the log and not in the channel, or the other way round, or in another order. */
  readonly wrong: readonly string[];
  readonly beats: number;
  readonly lines: number;
};

const ACKNOWLEDGED = /^(Said\.|So it happens\.|Only .+ heard that\.)/;

/** Compares what people wrote with the log, and the log with what stands in the channel. */
export async function auditAct(act: Act, double: DiscordDouble, store: SceneStore): Promise<Audit> {
  const beats = await Array.fromAsync(store.read(`${sceneIdOf(act.channel.id)}#1`));
  const lost: string[] = [];
  const doubled: string[] = [];
  const wrong: string[] = [];

  const heard = beats.filter(({ source }) => source !== undefined);
  for (const one of act.written) {
    const found = heard.filter(({ source }) => source === one.id);
    if (found.length > 1) doubled.push(one.text);
    const text = found[0] && textOf(found[0]);
    if (one.deleted) {
      if (text) wrong.push(`deleted, and still there: ${text}`);
    } else if (text === undefined) lost.push(one.text);
    else if (text !== one.text) wrong.push(`${text} should read ${one.text}`);
  }
  // One that was deleted before it was heard may be told of late; nobody reads it any more.
  const kept = heard.filter((beat) => textOf(beat) !== '');
  const late = kept.findIndex(({ source }, place) => isOlder(source, kept[place - 1]?.source));
  if (late > 0)
    wrong.push(
      `heard too late: ${kept
        .slice(late - 1, late + 1)
        .map(textOf)
        .reverse()
        .join(' after ')}`,
    );

  for (const { text, asked } of act.commanded) {
    const count = beats.filter((beat) => textOf(beat).includes(text)).length;
    const acknowledged = double.replies(asked).some(({ content }) => ACKNOWLEDGED.test(content));
    if (count > 1) doubled.push(text);
    if (count === 0 && acknowledged) lost.push(text);
  }

  const played = replayForStage(beats).filter(({ n }) => beats[n - 1]?.source === undefined);
  const told = played.map((beat) => `${voiceOf(beat).name}: ${beatText(beat)}`);
  const lines = double
    .messages(act.channel)
    .filter(({ webhookId }) => webhookId !== null)
    .map(({ author, content }) => `${author}: ${content}`);
  for (const line of told) if (!lines.includes(line)) lost.push(line);
  for (const line of lines) if (!told.includes(line)) wrong.push(`nobody said: ${line}`);
  for (const line of new Set(lines)) {
    if (lines.filter((other) => other === line).length > told.filter((other) => other === line).length)
      doubled.push(line);
  }
  if (wrong.length + lost.length + doubled.length === 0 && lines.join('\n') !== told.join('\n'))
    wrong.push(`out of order:\n${lines.join('\n')}\n-- should be --\n${told.join('\n')}`);
  return { lost, doubled, wrong, beats: beats.length, lines: lines.length };
}

function isOlder(id: string | undefined, than: string | undefined): boolean {
  return id !== undefined && than !== undefined && BigInt(id) < BigInt(than);
}

function textOf(beat: Beat): string {
  if (beat.kind === 'narration') return beat.text;
  if (beat.kind !== 'line' && beat.kind !== 'whisper') return '';
  return beat.segments.map(({ text }) => text).join(' ');
}

/** Sentences of the cards that are nobody's but the character's own. */
export function privateWords(cast: readonly Character[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    cast.map((character) => [
      character.name,
      [character.motivation, character.background, ...character.examples.flatMap(thoughtsOf)].filter(
        (text) => text.length > 20,
      ),
    ]),
  );
}

function thoughtsOf(turn: string): string[] {
  return [...turn.matchAll(/<role_thinking>([^<]+)/g)].map(([, thought = '']) => thought.trim());
}
