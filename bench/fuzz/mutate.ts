import { Buffer } from 'node:buffer';
import { chance } from '../../src/scene/chance.ts';
import { base64, chunk, type NamedFile, text, zip } from '../../test/support/card-files.ts';

/** A source of numbers below `limit`; one seed, one row of them. */
export type Draw = (limit: number) => number;

export function createDraw(seed: number): Draw {
  let drawn = 0;
  return (limit) => Math.floor(chance(seed, drawn++) * limit);
}

/** One of the files, damaged in one to three ways. */
export function mutated(files: readonly NamedFile[], draw: Draw): NamedFile {
  const file = pick(files, draw);
  let bytes: Buffer = Buffer.from(file.bytes);
  for (let times = 1 + draw(3); times > 0; times--) bytes = damaged(bytes, files, draw);
  return { name: file.name, bytes };
}

function damaged(bytes: Buffer, files: readonly NamedFile[], draw: Draw): Buffer {
  if (bytes.length === 0) return Buffer.from(pick(files, draw).bytes);
  const at = draw(bytes.length);
  switch (draw(16)) {
    case 0:
      return withFlips(bytes, draw);
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(draw(bytes.length))]);
    case 3: {
      const other = pick(files, draw).bytes;
      return Buffer.concat([bytes.subarray(0, at), other.subarray(draw(Math.max(1, other.length)))]);
    }
    case 4:
      return withNumber(bytes, at, draw);
    case 5:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(pick(NASTY, draw)), bytes.subarray(at)]);
    case 6:
      return repacked(bytes, draw);
    default:
      return withOddValues(bytes, draw);
  }
}

const NASTY = [
  ...['\0', '\ufeff', '{', '}', '[', '"', '\\', ',', ': null', '\ud800', '{{', '}}', '*', '<', '>', '\n'],
  ...[
    '<role_thinking>',
    '</system_thinking>',
    '<|im_end|>',
    '{{random::',
    '<START>',
    '__proto__',
    'PK\u0003\u0004',
  ],
  '[('.repeat(200),
  '*a '.repeat(400),
  '"“'.repeat(300),
  '<role_action>'.repeat(100),
  '{{// '.repeat(200),
  ' '.repeat(3000),
  '#'.repeat(500),
];

function withFlips(bytes: Buffer, draw: Draw): Buffer {
  for (let flips = 1 + draw(16); flips > 0; flips--) {
    const at = draw(bytes.length);
    bytes[at] = draw(4) === 0 ? draw(256) : (bytes[at] ?? 0) ^ (1 << draw(8));
  }
  return bytes;
}

const NUMBERS = [0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xffffffff, 0x80000000];

/** Lengths, counts and places are such numbers, in PNG the one way round and in zip the other. */
function withNumber(bytes: Buffer, at: number, draw: Draw): Buffer {
  if (bytes.length < 4) return bytes;
  const place = Math.min(at, bytes.length - 4);
  if (draw(2) === 0) bytes.writeUInt32BE(pick(NUMBERS, draw), place);
  else bytes.writeUInt32LE(pick(NUMBERS, draw), place);
  return bytes;
}

const ODD: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1e308, '', 'x', [], {}, [null], [[]], { a: 1 }, '0', 'true', { toString: 1 }],
  ...[
    ['a', 1, null],
    { 0: 'a' },
    { length: -1 },
    { constructor: { prototype: 1 } },
    'é'.repeat(300),
    '{{user}}',
  ],
  '<role_thinking>a</role_action>'.repeat(20),
  '*'.repeat(2000),
];

/** JSON with one to four values put in place of others; what is no JSON stays. */
function withOddValues(bytes: Buffer, draw: Draw): Buffer {
  const value = parsed(bytes);
  if (typeof value !== 'object' || value === null) return bytes;
  const root = { value };
  for (let times = 1 + draw(4); times > 0; times--) replaceOne(root, draw);
  return Buffer.from(JSON.stringify(root.value) ?? '');
}

function replaceOne(root: object, draw: Draw): void {
  let holder: object = root;
  for (let depth = 0; depth < 8; depth++) {
    const keys = Object.keys(holder);
    if (keys.length === 0) return;
    const key = pick(keys, draw);
    const held: unknown = Reflect.get(holder, key);
    const goesOn = typeof held === 'object' && held !== null && Object.keys(held).length > 0;
    if (!goesOn || (depth > 0 && draw(4) === 0)) {
      if (draw(6) === 0) Reflect.deleteProperty(holder, key);
      else Reflect.set(holder, key, structuredClone(pick(ODD, draw)));
      return;
    }
    holder = held;
  }
}

/** The same JSON in another carrier, or the bytes as they are in one. */
function repacked(bytes: Buffer, draw: Draw): Buffer {
  const value = parsed(bytes) ?? bytes.toString('latin1').slice(0, 2000);
  switch (draw(3)) {
    case 0:
      return zip({ 'card.json': Buffer.from(JSON.stringify(value)), 'assets/a.png': bytes.subarray(0, 500) });
    case 1: {
      const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      const card = text(draw(2) === 0 ? 'ccv3' : 'chara', base64(value));
      return Buffer.concat([signature, card, chunk('IDAT', bytes.subarray(0, 500)), chunk('IEND')]);
    }
    default:
      return Buffer.from(bytes.toString('utf8'), 'utf16le');
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

export function pick<T>(items: readonly T[], draw: Draw): T {
  const item = items[draw(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
