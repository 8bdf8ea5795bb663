import type { QuickPlan } from '../../src/engine/bench/bench-desk-api.ts';
import type { CommandAction, CommandContext } from '../../src/engine/command/command.ts';
import { say, type Text } from '../../src/words/text.ts';
import { moneyWords } from '../usage.ts';
import { stateWords } from './state-words.ts';

/** `/bench quick`: says what it takes; confirmed, it begins, and goes on beside the scenes that play. */
export const quick: CommandAction = {
  description: 'Score the configured model on a few short scenes; says what it takes, and asks first',
  options: [{ name: 'confirm', description: 'Yes, begin', type: 'flag' }],
  allowed: 'operator',
  alone: true,
  async run(context, values) {
    const { engine, reply, signal } = context;
    const { bench } = engine;
    const plan = await bench.plan(signal);
    if (values['confirm'] !== true) {
      await reply([...planWords(plan, bench.currency), 'The same again with confirm: yes begins.']);
      return;
    }
    bench.start();
    await reply(await followed(context));
  },
};

function planWords(plan: QuickPlan, currency: string): readonly Text[] {
  const { scenes, rounds, calls, tokens, cost, actor, judge } = plan;
  const values = { scenes, rounds, calls, tokens, actor, judge };
  return [
    say(
      '{{actor}} plays {{scenes}} scenes of the project’s own, {{rounds}} rounds each; {{judge}} judges.',
      values,
    ),
    cost === undefined
      ? say('That is about {{calls}} calls and {{tokens}} tokens; no price is set for all of it.', values)
      : say('That is about {{calls}} calls, {{tokens}} tokens and {{money}}.', {
          ...values,
          money: moneyWords(cost, currency),
        }),
    'It counts on no server’s budget, and goes on beside the scenes that play.',
  ];
}

/** What it came to; or, where nobody can wait for it here, where that can be looked up. */
async function followed({ engine, progress, signal }: CommandContext): Promise<Text> {
  const { bench } = engine;
  if (!progress) return 'It is under way. /bench show tells how far it is, /bench stop ends it.';
  for await (const state of bench.follow(signal)) {
    if (state.kind !== 'running') break;
    if (!(await progress(stateWords(state, bench.currency)))) {
      return 'It is under way still. /bench show tells what it comes to, /bench stop ends it.';
    }
  }
  return stateWords(bench.state(), bench.currency);
}
