import { describe, expect, test } from 'vitest';
import { bySecrecy } from '../../../src/enrich/secrecy.ts';
import { ferryCard, found, proposalFrom } from './ferry.ts';

describe('what a text calls a secret is set apart', () => {
  test.each([
    ['a list under it', 'Tall.\n\nSecrets:\n- HID-ONE.\n- Tom: HID-TWO.\n\nLooks: red hair.'],
    ['a list a line below it', 'Tall.\nSecrets:\n\n- HID-ONE.\n\n- HID-TWO.\nLooks: red hair.'],
    ['a part with paragraphs', '## Secret\nHID-ONE.\n### More\nHID-TWO.\n\nHID.\n## Looks\nTall, red hair.'],
    ['a bracket over two lines', 'Tall, red hair.\n\n[Secret: HID-ONE;\nmotive: HID-TWO]'],
    ['a tag', '‹secret›\nHID-ONE\n\nHID-TWO\n‹/secret›\nTall, red hair.'],
    [
      'the part of what it wants',
      'Goals: HID-ONE.\n**Backstory:** HID-TWO.\n“Inner thoughts:” HID.\nTall: red hair.',
    ],
    ['a list where each names its part', '- Fears: HID-ONE\n- Secret: HID-TWO\n- Looks: Tall, red hair'],
    ['German', 'Geheimnis:\n- HID-ONE.\n- HID-TWO.\n\nAussehen: Tall, red hair.'],
    [
      'a paragraph that was cut to a width',
      'Tall, with red hair.\n\nThe miller could have told it, but nobody in all\nthe valley knew of HID-ONE, as it goes.\nHID-TWO.\n\nTall.',
    ],
    ['what one does not want known', 'Tall, red hair. She does not want anyone to know of HID-ONE. HID-TWO.'],
    ['what one doesn’t want known', 'Tall, red hair. She doesn’t want Tom to learn of HID-ONE. HID-TWO.'],
    ['what one other knows', 'Tall, red hair. Only Tom knows of HID-ONE. HID-TWO.'],
  ])('%s', (_, text) => {
    const { open, secret } = bySecrecy(text);
    expect(secret).toMatch(/HID-ONE.*HID-TWO/s);
    expect(open).not.toContain('HID');
    expect(open).toMatch(/Tall/);
    expect(open).toMatch(/red hair/);
  });

  test('what has no secret in it stays as it is', () => {
    const text = 'Looks: tall.\n\n- Age: 40\n- Trade: ferryman\n\nHe said: mind the step.';
    expect(bySecrecy(text)).toEqual({ open: text, secret: '' });
  });

  test('takes no longer for what looks like a title without end', () => {
    const text = `${'a'.repeat(100_000)}\n${' '.repeat(100_000)}\n${'b '.repeat(50_000)}:`;
    expect(bySecrecy(text).secret).toBe('');
  });

  test('and is not asked after, nor taken, for the public sheet', async () => {
    const description = 'Oda keeps the ferry.\n\nSecrets:\n- She smuggles brandy past the toll.';
    const leak = {
      quote: 'She smuggles brandy past the toll',
      lacking: 'trade',
      add: 'She smuggles brandy past the toll.',
    };
    const { asked, changes } = await proposalFrom(
      { public_sheet: found(leak) },
      { card: ferryCard({ description }), fields: ['public_sheet'] },
    );
    expect(asked.map(({ messages }) => messages.map(({ content }) => content).join()).join()).not.toMatch(
      /brandy/,
    );
    expect(changes).toEqual([]);
  });
});
