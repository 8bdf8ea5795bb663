import { expect, test } from 'vitest';
import { createDrafts, dropGone } from '../../../../../src/stage/discord/setup/drafts.ts';

const UNSET = { revision: 0, levels: {} };
const MINUTE = 60_000;

test('a setup is over a quarter of an hour after it was last touched', () => {
  let now = 0;
  const drafts = createDrafts(() => now);
  const { token } = drafts.begin('server', 'alice', UNSET, []);
  now = 14 * MINUTE;
  expect(drafts.of(token, 'server', 'alice').token).toBe(token);
  now = 28 * MINUTE;
  expect(drafts.of(token, 'server', 'alice').token).toBe(token);
  now = 44 * MINUTE;
  expect(() => drafts.of(token, 'server', 'alice')).toThrow('/setup begins anew');
});

test('it is one person’s in one server, and the last that they began', () => {
  const drafts = createDrafts(() => 0);
  const first = drafts.begin('server', 'alice', UNSET, []);
  expect(() => drafts.of(first.token, 'server', 'bob')).toThrow('/setup begins anew');
  expect(() => drafts.of(first.token, 'elsewhere', 'alice')).toThrow('/setup begins anew');
  const others = drafts.begin('server', 'bob', UNSET, []);
  const second = drafts.begin('server', 'alice', UNSET, []);
  expect(() => drafts.of(first.token, 'server', 'alice')).toThrow('/setup begins anew');
  expect(drafts.of(second.token, 'server', 'alice')).toBe(second);
  expect(drafts.of(others.token, 'server', 'bob')).toBe(others);
});

test('what was deleted leaves every list, and nothing else does', () => {
  const set = { playerRoles: ['1', '2'], logChannel: '3', peek: 'role', retentionDays: 7 } as const;
  const draft = createDrafts(() => 0).begin('s', 'a', { revision: 1, levels: { server: set } }, []);
  dropGone(draft, new Set(['2', '3']));
  expect(draft.values).toEqual({ ...set, playerRoles: ['1'], logChannel: '' });
  expect(draft.began.levels['server']).toEqual(set);
});
