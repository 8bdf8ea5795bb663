import { describe, expect, test } from 'vitest';
import {
  inviteLink,
  missingPermissions,
  missingPermissionsText,
} from '../../../../src/stage/discord/access/permissions.ts';

describe('inviteLink', () => {
  test('asks for the least that scenes need', () => {
    const link = new URL(inviteLink('123', { threads: false }));
    expect(link.searchParams.get('permissions')).toBe('275415157824');
    expect(link.searchParams.get('scope')).toBe('bot applications.commands');
    expect(link.searchParams.get('client_id')).toBe('123');
  });

  test('with threads, for one more and still not for Administrator', () => {
    const bits = BigInt(new URL(inviteLink('123')).searchParams.get('permissions') ?? 0);
    expect(bits).toBe(275415157824n | (1n << 35n));
    expect(bits & 8n).toBe(0n);
  });
});

describe('missingPermissions', () => {
  test('nothing is missing with what the invite asks for', () => {
    expect(missingPermissions(275415157824n, false)).toEqual([]);
    expect(missingPermissions(275415157824n, true)).toEqual([]);
  });

  test('threads have a permission of their own to write', () => {
    const withoutThreads = 275415157824n & ~(1n << 38n);
    expect(missingPermissions(withoutThreads, false)).toEqual([]);
    expect(missingPermissions(withoutThreads, true)).toEqual(['Send Messages in Threads']);
  });

  test('an administrator may everything', () => {
    expect(missingPermissions('8', true)).toEqual([]);
  });

  test('is told with names and with the place to change them', () => {
    const text = missingPermissionsText(missingPermissions(0n, false));
    expect(text).toContain('View Channel, Send Messages, Manage Webhooks');
    expect(text).toContain('Edit Channel > Permissions');
  });
});
