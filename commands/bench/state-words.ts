import type { BenchState, QuickFigure, QuickScores } from '../../src/engine/bench/bench-desk-api.ts';
import { type Message, say, type Text } from '../../src/words/text.ts';
import { moneyWords } from '../usage.ts';

/** What there is to say of the newest benchmark: figures and names of models, never a word of a scene. */
export function stateWords(state: BenchState, currency: string): Text {
  switch (state.kind) {
    case 'none':
      return 'No benchmark was run since the bot started. /bench quick tells what one takes.';
    case 'running': {
      if (!state.progress) return 'The benchmark begins.';
      const { judged, scenes, answered, calls } = state.progress;
      const values = { judged, scenes, answered, calls };
      return say(
        '{{judged}} of {{scenes}} scenes judged; {{answered}} of about {{calls}} calls answered.',
        values,
      );
    }
    case 'stopped':
      return 'The newest benchmark was stopped. Nothing of it is kept.';
    case 'failed':
      return ['The newest benchmark failed:', state.why];
    case 'done':
      return scoresWords(state.scores, currency);
  }
}

function scoresWords(scores: QuickScores, currency: string): readonly Text[] {
  const { scenes, rounds, invalid, usable, leaks, calls, tokens, cost, actor, judge } = scores;
  const seconds = Math.round(scores.seconds);
  const spent = { calls, tokens, seconds };
  return [
    say('**{{actor}}**, in {{scenes}} scenes of the project’s own, {{rounds}} rounds each', {
      actor,
      scenes,
      rounds,
    }),
    figureWords('Overall', scores.overall),
    ...scores.dimensions.map((one) => figureWords(one.name, one)),
    say(
      'Invalid: {{invalid}} of {{scenes}} scenes, which could not be played or judged; they are in no figure.',
      {
        invalid,
        scenes,
      },
    ),
    usable === null
      ? say('Leaks: {{leaks}}.', { leaks })
      : say('Format: {{share}} % of its answers could be played. Leaks: {{leaks}}.', {
          share: Math.round(100 * usable),
          leaks,
        }),
    cost === undefined
      ? say('{{calls}} calls, {{tokens}} tokens, {{seconds}} s.', spent)
      : say('{{calls}} calls, {{tokens}} tokens, {{money}}, {{seconds}} s.', {
          ...spent,
          money: moneyWords(cost, currency),
        }),
    actor === judge
      ? say('Judged by {{judge}}: by itself. MODEL_JUDGE names another.', { judge })
      : say('Judged by {{judge}}.', { judge }),
    'So few scenes tell little: compare with the same judge alone, and see how wide the intervals are.',
  ];
}

/** With its 95 % interval; names of dimensions are the benchmark’s own in every language. */
function figureWords(name: string, { mean, low, high }: QuickFigure): Message {
  if (mean === null || low === null || high === null) return say('{{name}}: no figure', { name });
  const values = { name, mean: mean.toFixed(1), low: low.toFixed(1), high: high.toFixed(1) };
  return say('{{name}}: {{mean}} of 100 ({{low}} to {{high}})', values);
}
