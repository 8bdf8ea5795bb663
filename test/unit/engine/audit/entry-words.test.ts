import { describe, expect, test } from 'vitest';
import { entryWords } from '../../../../src/engine/audit/entry-words.ts';
import { render } from '../../../../src/words/render.ts';
import { say } from '../../../../src/words/text.ts';

describe('an entry of the log, as it is read', () => {
  test('names, quotes and names in lists are shown letter by letter; our mentions stay', () => {
    const words = render(
      entryWords({
        kind: 'whispered',
        at: 1_700_000_000_000,
        text: say('{{who}} whispered to {{whom}}.', {
          who: '<@123>',
          whom: ['[free](https://a.example)', '<#9>'],
        }),
        scene: 'discord:77',
        beat: 4,
        by: '123',
        quote: 'one ||two||\n@everyone',
      }),
    );
    expect(words).toContain('**Whisper** <t:1700000000:f>');
    expect(words).toContain('<@123> whispered to \\[free\\](https\\://a.example) and <#9>.');
    expect(words).toContain('> one \\|\\|two\\|\\|\n> @\u200beveryone');
    expect(words).toContain('-# <@123> · <#77> · #4');
  });

  test('a long quote is cut', () => {
    const words = render(entryWords({ kind: 'reported', at: 0, text: 'A line.', quote: 'x'.repeat(5000) }));
    expect(words.length).toBeLessThan(1700);
    expect(words).toContain('…');
  });
});
