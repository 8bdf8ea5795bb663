import { describe, expect, test } from 'vitest';
import { blankCard } from '../../../../src/engine/cards/card-fields.ts';
import { createCardDrafts } from '../../../../src/stage/discord/characters/drafts.ts';

const whose = { server: 's', by: 'carol', began: undefined, card: blankCard('Ada') };
const MINUTE = 60_000;

function drafts() {
  let now = 0;
  const pass = (minutes: number) => {
    now += minutes * MINUTE;
  };
  return { ...createCardDrafts(() => now), pass };
}

describe('a draft', () => {
  test('is found by whoever began it, there alone', () => {
    const { begin, of } = drafts();
    const draft = begin(whose);
    expect(of(draft.token, 's', 'carol')).toBe(draft);
    expect(() => of(draft.token, 's', 'dave')).toThrow('This draft is over');
    expect(() => of(draft.token, 'elsewhere', 'carol')).toThrow('This draft is over');
    expect(() => of('guessed', 's', 'carol')).toThrow('This draft is over');
  });

  test('is over an hour after it was last used', () => {
    const { begin, of, pass } = drafts();
    const { token } = begin(whose);
    for (let step = 0; step < 3; step += 1) {
      pass(59);
      of(token, 's', 'carol');
    }
    pass(61);
    expect(() => of(token, 's', 'carol')).toThrow('This draft is over');
  });

  test('ends, and can go on after all', () => {
    const { begin, of, end, keep, isUnderWay } = drafts();
    const draft = begin(whose);
    end(draft);
    expect(isUnderWay(draft)).toBe(false);
    expect(() => of(draft.token, 's', 'carol')).toThrow('This draft is over');
    keep(draft);
    expect(of(draft.token, 's', 'carol')).toBe(draft);
  });

  test('of one who begins too many, the one that was left longest makes room', () => {
    const { begin, of, pass } = drafts();
    const tokens = Array.from({ length: 6 }, () => {
      pass(1);
      return begin(whose).token;
    });
    expect(() => of(tokens[0] ?? '', 's', 'carol')).toThrow('This draft is over');
    for (const token of tokens.slice(1)) expect(of(token, 's', 'carol').token).toBe(token);
  });

  test('is forgotten where there are too many of all', () => {
    const { begin, of, pass } = drafts();
    const first = begin(whose);
    for (let n = 0; n < 100; n += 1) {
      pass(0.01);
      begin({ ...whose, by: `user ${n}` });
    }
    expect(() => of(first.token, 's', 'carol')).toThrow('This draft is over');
  });
});
