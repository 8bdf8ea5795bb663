import { encode } from 'fast-png';
import type { CardData } from '../../src/cast/cards/card-data.ts';
import { readCard } from '../../src/cast/cards/read-card.ts';

/** A card as somebody may write one, short enough to read in a test. */
export function smallCard(name: string, data: Readonly<Record<string, unknown>> = {}): CardData {
  return readCard(smallCardFile(name, data), 'card.json').card;
}

/** The same as a file of Character Card V2. */
export function smallCardFile(name: string, data: Readonly<Record<string, unknown>> = {}): Uint8Array {
  const card = {
    spec: 'chara_card_v2',
    spec_version: '2.0',
    data: { name, description: `${name} mends nets.`, first_mes: `${name} is here.`, ...data },
  };
  return new TextEncoder().encode(JSON.stringify(card));
}

/** A lorebook of one entry, as SillyTavern writes it. */
export function smallWorldFile(text = 'The lighthouse has been dark since spring.'): Uint8Array {
  const entries = { 0: { uid: 0, key: ['lighthouse'], keysecondary: [], content: text, disable: false } };
  return new TextEncoder().encode(JSON.stringify({ entries }));
}

/** A picture of one colour. */
export function smallPng(
  side: number,
  colour: readonly [number, number, number] = [40, 90, 160],
): Uint8Array {
  const data = new Uint8Array(side * side * 3).map((_, at) => colour[at % 3] ?? 0);
  return encode({ width: side, height: side, data, channels: 3, depth: 8 });
}
