import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { castOfChat } from '../../../../src/cast/chats/cast-of-chat.ts';
import { readChat } from '../../../../src/cast/chats/read-chat.ts';
import { smallCharacter } from '../../../support/small-library.ts';

const HEADER = { user_name: 'Mara', character_name: 'Wenna', create_date: '2026-3-1', chat_metadata: {} };

function chat(...rows: readonly unknown[]) {
  const text = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
  return readChat(new TextEncoder().encode(text), 'evening.jsonl');
}

function said(mes: unknown, more: object = {}) {
  return { name: 'Wenna', is_user: false, mes, ...more };
}

describe('a SillyTavern chat', () => {
  test('is a header and its messages, in their order', () => {
    const { user, lines, warnings } = chat(
      HEADER,
      said('Late.'),
      { name: 'Mara', is_user: true, mes: 'I know.' },
      { name: 'Anything', mes: 'Rain.', extra: { type: 'narrator' } },
    );
    expect(user).toBe('Mara');
    expect(lines).toEqual([
      { by: 'character', name: 'Wenna', text: 'Late.', others: [] },
      { by: 'user', name: 'Mara', text: 'I know.', others: [] },
      { by: 'narrator', name: 'Anything', text: 'Rain.', others: [] },
    ]);
    expect(warnings).toEqual([]);
  });

  test('leaves a model’s reasoning behind, beside a message and in it', () => {
    const { lines } = chat(
      HEADER,
      said('<think>PLAN one</think>\nLate.', {
        extra: { reasoning: 'PLAN two' },
        swipes: ['<think>PLAN three</think>Late.', 'Later.'],
      }),
    );
    expect(JSON.stringify(lines)).not.toContain('PLAN');
    expect(lines).toEqual([{ by: 'character', name: 'Wenna', text: 'Late.', others: ['Later.'] }]);
  });

  test.each([
    ['whose end a stop cut off', '<think>PLAN one', []],
    ['whose begin the template wrote', 'PLAN one\n</think>\n\nLate.', ['Late.']],
    ['in the middle', 'Late. <think>PLAN one</think>And wet.', ['Late. And wet.']],
    ['at its end, cut off', 'Late. <reasoning>PLAN one', ['Late.']],
    ['twice', '<think>PLAN</think><thinking>PLAN</thinking>Late.', ['Late.']],
  ])('leaves reasoning behind %s', (_what, mes, texts) => {
    const { lines } = chat(HEADER, said('First.'), said(mes, { swipes: [mes] }));
    expect(lines.slice(1).map(({ text, others }) => ({ text, others }))).toEqual(
      texts.map((text) => ({ text, others: [] })),
    );
  });

  test('joined from files without a line end between them loses no line', () => {
    const { lines, warnings } = chat(
      HEADER,
      `${JSON.stringify(said('A brace }{" in it.'))}${JSON.stringify(HEADER)}`,
      said('Later.'),
    );
    expect(lines.map(({ text }) => text)).toEqual(['A brace }{" in it.', 'Later.']);
    expect(warnings).toEqual([]);
  });

  test('of another encoding is read as cards are', () => {
    const text = [HEADER, said('Späte.')].map((row) => JSON.stringify(row)).join('\r\n');
    const wide = readChat(Buffer.from(`\ufeff${text}`, 'utf16le'), 'evening.jsonl');
    expect(wide.lines.map((line) => line.text)).toEqual(['Späte.']);
    const old = readChat(Buffer.from(text, 'latin1'), 'evening.jsonl');
    expect(old.lines.map((line) => line.text)).toEqual(['Späte.']);
    expect(old.warnings).toEqual([expect.stringContaining('Windows-1252')]);
  });

  test('cuts no letter in half', () => {
    const name = `${'a'.repeat(79)}🙂`;
    const [line] = chat(
      HEADER,
      said(`${'a'.repeat(19_999)}🙂`, { name, swipes: [`${'b'.repeat(19_999)}🙂`] }),
    ).lines;
    for (const text of [line?.name, line?.text, ...(line?.others ?? [])])
      expect(text?.isWellFormed()).toBe(true);
  });

  test('tells how many lines were hidden, empty or broken', () => {
    const { lines, warnings } = chat(
      HEADER,
      said('Late.'),
      said('A note.', { is_system: true }),
      said(''),
      said(null),
      'not json',
      '[1]',
    );
    expect(lines).toHaveLength(1);
    expect(warnings).toEqual([
      '1 line left out: was hidden from the characters',
      '2 lines left out: says nothing',
      '2 lines left out: is no JSON object',
    ]);
  });

  test('takes the player’s name from a line where the header has none', () => {
    const rows = [said('Late.'), { name: 'Jory', is_user: true, mes: 'Yes.' }];
    expect(chat({ user_name: 'unused' }, ...rows).user).toBe('Jory');
    expect(chat(...rows).user).toBe('Jory');
  });

  test.each([
    ['no chat', '{"name":"A card"}'],
    ['nothing', ''],
    ['a picture', '\u0089PNG\r\n'],
  ])('refuses %s', (_what, text) => {
    expect(() => chat(text)).toThrow('evening.jsonl: holds no chat');
  });

  test('refuses what is too large before it looks into it', () => {
    expect(() => readChat(new Uint8Array(11 * 1024 * 1024), 'long.jsonl')).toThrow('10 MB at most');
  });

  test('cuts a line without end, and says so', () => {
    const { lines, warnings } = chat(HEADER, said('a'.repeat(30_000)));
    expect(lines[0]?.text).toHaveLength(20_000);
    expect(warnings).toEqual(['a line is cut to 20,000 characters']);
  });
});

describe('who speaks in a chat', () => {
  const wenna = smallCharacter('wenna', 'Wenna Tregarth', {});
  const tom = smallCharacter('tom', 'Tom Reddick', {});

  test('is found by whole name or by one that fits a single card', () => {
    const read = chat(
      HEADER,
      said('Late.'),
      said('Never.', { name: 'Tom Reddick' }),
      said('Coach!', { name: 'Pew' }),
    );
    expect(castOfChat(read, [tom, wenna])).toEqual({ cast: [wenna, tom], others: ['Pew'] });
  });

  test('is no other card where a name has no letters', () => {
    const hat = smallCharacter('character', '🎩', {});
    const read = chat(HEADER, said('Late.', { name: '🙂' }), said('So?', { name: 'Character' }));
    expect(castOfChat(read, [hat])).toEqual({ cast: [], others: ['🙂', 'Character'] });
    expect(castOfChat(chat(HEADER, said('Late.', { name: '🎩' })), [hat]).cast).toEqual([hat]);
  });

  test('is nobody where two cards answer to the name', () => {
    const other = smallCharacter('wenna-2', 'Wenna Pascoe', {});
    expect(castOfChat(chat(HEADER, said('Late.')), [wenna, other])).toEqual({ cast: [], others: ['Wenna'] });
  });
});
