import { expect, test } from 'vitest';
import type { Segment } from '../../../../src/format/segments.ts';
import { createLeakWatch } from '../../../../src/lab/eval/leaks.ts';
import type { ChatMessage } from '../../../../src/model/chat-model.ts';

const thought: Segment = { kind: 'thought', text: 'I must not show that I know him.' };
const speech: Segment = { kind: 'speech', text: 'Good evening.' };

function watching(messages: readonly ChatMessage[], segments: readonly Segment[]): number {
  const watch = createLeakWatch();
  // The same message comes again with every request.
  for (const end of messages.keys()) {
    watch.see({ messages: messages.slice(0, end + 1), maxTokens: 1, temperature: 0 });
  }
  const turn = { round: 0, name: 'Ada', segments, named: false, injected: false, faults: [] };
  return watch.count({ turns: [turn] });
}

test('a thought in what another was told is found, once for each message', () => {
  const leaking: ChatMessage = { role: 'user', content: `Ada: ${thought.text} Good evening.` };
  expect(watching([leaking, { role: 'user', content: 'Ned: Evening.' }], [thought, speech])).toBe(1);
});

test('its own thoughts in its own turns are none', () => {
  const own: ChatMessage = { role: 'assistant', content: `<role_thinking>${thought.text}</role_thinking>` };
  expect(watching([own, { role: 'user', content: 'Ned: Evening.' }], [thought, speech])).toBe(0);
});

test('what it also says aloud is none', () => {
  const said: Segment = { kind: 'speech', text: thought.text };
  expect(watching([{ role: 'user', content: `Ada: ${said.text}` }], [thought, said])).toBe(0);
});

test('a hidden tag in what others see of a turn is found', () => {
  const broken: Segment = { kind: 'speech', text: 'Well </role_thinking> then.' };
  expect(watching([], [broken])).toBe(1);
});
