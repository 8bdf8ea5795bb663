import { expect, test } from 'vitest';
import { openAcrossDeath } from './killed/opening.ts';

test.each([
  ['its card stands', /^\/channels\/\d+\/messages$/],
  ['its webhook is made', /^\/channels\/\d+\/webhooks$/],
  ['the greeting stands', /^\/webhooks\/\d+\/[\w-]{68}$/],
])(
  'a scene whose bot is killed just when %s has one card, one webhook and one greeting',
  async (_when, path) => {
    const opened = await openAcrossDeath(path);
    expect(opened).toEqual({ cards: 1, webhooks: 1, greetings: ['Sherlock Holmes'] });
  },
);
