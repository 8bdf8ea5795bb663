import { Buffer } from 'node:buffer';
import { constants, deflateRawSync } from 'node:zlib';
import { base64, CARD, charx, chunk, ICON, json, png, text, zip } from './card-files.ts';

const MB = 1024 * 1024;

/** A stream that unpacks to so many megabytes of blanks, and is a thousandth of that. */
function bomb(megabytes: number): Buffer {
  const one = deflateRawSync(Buffer.alloc(MB, ' '), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([...Array.from({ length: megabytes }, () => one), Buffer.from([3, 0])]);
}

/** An archive in which one file's data is a bomb, whatever its size says. */
function zipBomb(name: string, files: Readonly<Record<string, Uint8Array>>): Buffer {
  const packed = bomb(2000);
  const part = zip({ [name]: Buffer.from('x') });
  const local = Buffer.from(part.subarray(0, 30 + name.length));
  const list = Buffer.from(part.subarray(part.readUInt32LE(part.length - 6), part.length - 22));
  for (const [header, at] of [
    [local, 18],
    [list, 20],
  ] as const) {
    header.writeUInt32LE(packed.length, at);
    header.writeUInt32LE(100, at + 4);
    header.writeUInt16LE(8, at === 18 ? 8 : 10);
  }
  const others = zip(files);
  const end = others.length - 22;
  const othersList = others.readUInt32LE(end + 16);
  const data = others.subarray(0, othersList);
  list.writeUInt32LE(data.length, 42);
  const tail = Buffer.from(others.subarray(end));
  const lists = Buffer.concat([others.subarray(othersList, end), list]);
  const count = tail.readUInt16LE(10) + 1;
  tail.writeUInt16LE(count, 8);
  tail.writeUInt16LE(count, 10);
  tail.writeUInt32LE(lists.length, 12);
  tail.writeUInt32LE(data.length + local.length + packed.length, 16);
  return Buffer.concat([data, local, packed, lists, tail]);
}

function zlibBomb(keyword: string): Buffer {
  const start = Buffer.from(`${keyword}\0\0`, 'latin1');
  return chunk('zTXt', Buffer.concat([start, Buffer.from([0x78, 0x9c]), bomb(2000)]));
}

function yamlBomb(): Buffer {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [one, next] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh', 'hi'].map((pair) => [...pair])) {
    lines.push(`${next}: &${next} [${`*${one}, `.repeat(10)}]`);
  }
  return Buffer.from(`name: A\n${lines.join('\n')}\n`);
}

/** Files that would fill a memory, or a thread's time, if they were believed. */
export const HEAVY: Readonly<Record<string, () => Buffer>> = {
  'zip-bomb.charx': () => zipBomb('card.json', {}),
  'icon-bomb.charx': () => zipBomb(ICON, { 'card.json': json(CARD) }),
  'text-bomb.png': () => png([zlibBomb('chara')]),
  'wide.png': () => png([text('chara', base64(CARD))], [100_000, 100_000]),
  'fifty.json': () => Buffer.alloc(50 * MB, '{"name":"A"} '),
  'fifty.charx': () => Buffer.concat([charx(CARD), Buffer.alloc(50 * MB)]),
  'large-picture.png': () => png([chunk('IDAT', Buffer.alloc(31 * MB)), text('chara', base64(CARD))]),
  // Nothing in it passes a limit.
  'large.charx': () =>
    charx({ ...CARD, shelf: 'x'.repeat(9.5 * MB) }, { [ICON]: png([chunk('IDAT', Buffer.alloc(7.5 * MB))]) }),
  'backslashes.yaml': () => Buffer.from(`name: A\nx: "${'\\q'.repeat(200_000)}"`),
  'deep.json': () => Buffer.from(`{"name":"A","x":${'['.repeat(4 * MB)}${']'.repeat(4 * MB)}}`),
  'deep-objects.json': () => Buffer.from(`{"name":"A","x":${'{"a":'.repeat(MB)}1${'}'.repeat(MB)}}`),
  'many-values.json': () => Buffer.from(`{"name":"A","x":[${'{},'.repeat(3 * MB)}0]}`),
  'many-entries.json': () =>
    Buffer.from(`{"name":"A","character_book":{"entries":[${'{"key":"a"},'.repeat(20_000)}{}]}}`),
  'long-field.json': () => json({ name: 'A', description: 'x'.repeat(9 * MB) }),
  'long-greetings.json': () => json({ name: 'A', alternate_greetings: Array(95).fill('*a '.repeat(33_000)) }),
  'bomb.yaml': yamlBomb,
  'deep.yaml': () => Buffer.from(`name: A\nx: ${'['.repeat(20_000)}`),
  // They took minutes, and hundreds of megabytes.
  'anchors.yaml': () => Buffer.from(`name: A\n${'k: &a x\n'.repeat(40_000)}`),
  'short-lines.yaml': () => Buffer.from(`name: A\n${'a: 1\n'.repeat(80_000)}`),
  'long.yaml': () => Buffer.from(`name: A\ndescription: ${'x'.repeat(MB)}`),
};
