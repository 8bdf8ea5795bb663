import type { Spent, SpentJudging, Usage } from '../src/engine/budget/budget-api.ts';
import type { Command } from '../src/engine/command/command.ts';
import { PlayerError } from '../src/errors.ts';
import { type Message, say } from '../src/words/text.ts';

export const usage: Command = {
  name: 'usage',
  description: 'What this server used: turns, tokens and money, today and in 30 days',
  action: {
    description: 'What this server used: turns, tokens and money, today and in 30 days',
    options: [],
    allowed: 'moderator',
    async run({ engine, place, reply }) {
      if (place.server === undefined) {
        throw new PlayerError('Nothing is counted on this machine: play as much as you like.');
      }
      const { today, month, currency } = await engine.budgets.usage(place.server);
      await reply([
        say('**Today** (from midnight UTC)'),
        ...spentWords(today, currency),
        say('**30 days**'),
        ...spentWords(month, currency),
      ]);
    },
  },
};

/** What was used, with what of it went into choosing among drafts. */
export function spentWords(
  { turns, byModel, judging }: Spent,
  currency: Usage['currency'],
): readonly Message[] {
  const priced = byModel.flatMap(({ cost }) => (cost === undefined ? [] : [cost]));
  const total = priced.reduce((sum, cost) => sum + cost, 0);
  return [
    say('{{count}} turns of the cast', { count: turns }),
    ...byModel.map(({ model, promptTokens, cachedTokens, completionTokens, cost }) => {
      const share = promptTokens === 0 ? 0 : Math.round((100 * cachedTokens) / promptTokens);
      const values = { model, prompt: promptTokens, share, completion: completionTokens };
      return cost === undefined
        ? say(
            '{{model}}: {{prompt}} tokens read ({{share}} % from the cache), {{completion}} written',
            values,
          )
        : say(
            '{{model}}: {{prompt}} tokens read ({{share}} % from the cache), {{completion}} written, {{money}}',
            { ...values, money: moneyWords(cost, currency) },
          );
    }),
    ...(priced.length > 1 ? [say('together {{money}}', { money: moneyWords(total, currency) })] : []),
    ...(judging ? judgingWords(judging, currency) : []),
  ];
}

/** What is a part of all that. */
function judgingWords(
  { turns, drafts, pairs, ms, tokens, cost }: SpentJudging,
  currency: Usage['currency'],
): readonly Message[] {
  const time = `${(ms / 1000 / turns).toFixed(1)} s`;
  return [
    say(
      'best of several: {{count}} turns chosen among {{drafts}} drafts in {{pairs}} comparisons, {{time}} longer each',
      { count: turns, drafts, pairs, time },
    ),
    cost === undefined
      ? say('of the tokens above {{tokens}} for drafts that lost and for the judge', { tokens })
      : say('of the tokens above {{tokens}} for drafts that lost and for the judge, {{money}}', {
          tokens,
          money: moneyWords(cost, currency),
        }),
  ];
}

/** Two digits, of small sums as many as tell something. */
export function moneyWords(cost: number, currency: string): string {
  return `${cost >= 1 || cost === 0 ? cost.toFixed(2) : cost.toPrecision(2)} ${currency}`;
}
