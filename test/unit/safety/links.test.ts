import { expect, test } from 'vitest';
import { withPlainAddresses } from '../../../src/safety/links.ts';

test.each([
  ['https://example.com/a?b=c', 'example.com/a?b=c'],
  ['<https://example.com/a>, HTTP://example.com', 'example.com/a, example.com'],
  ['[the map](https://example.com)', '[the map](example.com)'],
  ['[odd](https://example.com/(x))', '[odd](example.com/(x))'],
  ['discord.gg/abc and https://discord.com/invite/abc', 'discord.gg /abc and discord.com/invite /abc'],
  ['discord://-/settings', 'discord: //-/settings'],
  ['<mailto:a@example.com>', 'mailto: a@example.com>'],
  ['<@123> <#4> <:sail:5> <t:6:R>', '<@123> <#4> <:sail:5> <t:6:R>'],
  ['No address: at all / here.', 'No address: at all / here.'],
])('no address can be clicked: %s', (text, plain) => {
  expect(withPlainAddresses(text)).toBe(plain);
});
