import { describe, expect, test } from 'vitest';
import {
  CHANGE_WORDS,
  ENVIRONMENT_INSTRUCTIONS,
  type EnvironmentPromptOptions,
  environmentRequest,
} from '../../../src/performer/environment-prompt.ts';
import { readEnvironmentReply } from '../../../src/performer/environment-reply.ts';
import { createEchoGuard } from '../../../src/performer/prompt-echo.ts';
import type { Window } from '../../../src/scene/window.ts';

function options(change: Partial<EnvironmentPromptOptions> = {}): EnvironmentPromptOptions {
  const window: Window = {
    read: () => ({
      lines: [{ entry: { n: 1, kind: 'line', own: false, segments: [] }, text: 'Jane: Well?', weight: 11 }],
      note: '',
      folded: 0,
      dropped: 0,
      noted: [],
      foldedUpTo: 0,
      pinned: [],
    }),
  };
  return { setting: 'SETTING', names: ['Jane', 'Mara'], window, maxTokens: 200, temperature: 0.7, ...change };
}

describe('the Environment’s prompt', () => {
  test('ends with who is away, the hour, the owner’s direction and the question; its head stays the same', () => {
    const asked = environmentRequest(
      options({ absent: ['Mr. Darcy'], clock: 'day 1, 21:05', steer: 'let the storm come' }),
      false,
    );
    expect(asked.messages.at(-1)?.content).toBe(
      'Jane: Well?\n\n[Not here now: Mr. Darcy.]\n[It is day 1, 21:05.]\n[The scene’s owner wants this of the next turns: let the storm come]\n[What does the world do?]',
    );
    expect(asked.messages[0]).toEqual(environmentRequest(options(), false).messages[0]);
  });

  test('asks for changes of those that are named, and for plain prose the second time', () => {
    const first = environmentRequest(options(), false);
    expect(JSON.stringify(first.jsonSchema)).toContain('["Jane","Mara"]');
    const second = environmentRequest(options(), true);
    expect(second.jsonSchema).toBeUndefined();
    expect(second.messages[0]).toEqual(first.messages[0]);
    expect(JSON.stringify(environmentRequest(options({ names: [] }), false).jsonSchema)).not.toContain('[]');
  });

  test('is guarded against being read aloud', () => {
    const echoes = createEchoGuard(ENVIRONMENT_INSTRUCTIONS);
    for (const text of ENVIRONMENT_INSTRUCTIONS) expect(echoes(text)).toBe(true);
    expect(echoes('A waiter sets two cups down. “No boats tonight.”')).toBe(false);
  });

  test.each(CHANGE_WORDS)('knows each of its own words: %s', (what) => {
    const reply = JSON.stringify({ narration: 'Rain.', changes: [{ who: 'Jane', what, how: '' }] });
    expect(readEnvironmentReply(reply, [{ id: 'j', names: ['Jane'] }]).changes).toHaveLength(1);
  });
});
