import { readdirSync, readFileSync } from 'node:fs';
import { readCard } from '../../../src/cast/cards/read-card.ts';
import { readScene } from '../../../src/cast/read-scene.ts';
import type { Segment } from '../../../src/format/segments.ts';
import { parseTurn } from '../../../src/format/turn-parser.ts';

const DIR = new URL('../../../characters/', import.meta.url);

/** Every card that ships, as it is read, by file stem. */
export const SHIPPED_CARDS = yamlIn(DIR).map((name) => ({
  id: name.replace('.yaml', ''),
  ...readCard(readFileSync(new URL(name, DIR)), name, 'shipped'),
}));

const ids = new Set(SHIPPED_CARDS.map((card) => card.id));
const SCENES = new URL('scenes/', DIR);

/** Every scene that ships. */
export const SHIPPED_SCENES = yamlIn(SCENES).map((name) => ({
  file: name.replace('.yaml', ''),
  scene: readScene(readFileSync(new URL(name, SCENES), 'utf8'), name, (id) => ids.has(id)),
}));

export function picture(name: string): Buffer {
  return readFileSync(new URL(`${name}.png`, DIR));
}

/**
 * What is wrong with a turn as HER's data rules have it (her-spec 1.1, F1-F8); nothing for a good
 * one. `planned` turns begin with a plan, the others have none.
 */
export function faultsOf(turn: string, planned: boolean): string[] {
  const { faults, usable, segments, systemThinking } = parseTurn(turn);
  const wrong: string[] = faults.filter((fault) => planned || fault !== 'plan-missing');
  if (!usable) wrong.push('unusable');
  if (planned && (systemThinking.length < 60 || /\buser\b|\bI\b/.test(systemThinking)))
    wrong.push('plan: F1');
  if (!planned && turn.includes('<system_thinking>')) wrong.push('a plan in a card');
  if (/>\s+<|<\/[a-z_]+>\s|\s<[a-z]/.test(turn)) wrong.push('F6: spaces around tags');
  for (const [index, segment] of segments.entries())
    wrong.push(...segmentFaults(segment, segments[index + 1]));
  if (wordsOf(segments, 'speech') > 75) wrong.push('F8: too long');
  return wrong;
}

function segmentFaults({ kind, text }: Segment, next: Segment | undefined): string[] {
  const wrong: string[] = [];
  if (kind === next?.kind) wrong.push('F5: neighbours of one kind');
  if (kind !== 'speech' && /[.,;:]$/.test(text)) wrong.push(`F7: "${text.slice(-20)}"`);
  if (kind === 'action' && /^(I|he|she|they)\b/i.test(text)) wrong.push(`F3: "${text.slice(0, 20)}"`);
  if (kind === 'speech' && /["“”*]/.test(text)) wrong.push('F4: marks in speech');
  return wrong;
}

export function wordsOf(segments: readonly Segment[], ...kinds: Segment['kind'][]): number {
  return segments
    .filter((segment) => kinds.includes(segment.kind))
    .reduce((words, segment) => words + segment.text.split(/\s+/).length, 0);
}

function yamlIn(dir: URL): string[] {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
}
