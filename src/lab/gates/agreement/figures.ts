import { bootstrap, type Interval, inClusters } from '../../../judge/stats/bootstrap.ts';
import { createRandom } from '../../../judge/stats/random.ts';
import { krippendorffsAlpha } from './alpha.ts';
import { type Answers, cohensKappa, percentAgreement } from './kappa.ts';
import { metricOf, passes, QUESTIONS, type Question } from './questions.ts';

/** One turn that was judged: of each question, where it was asked, what each judge answered. */
export type JudgedTurn = {
  readonly conversation: string;
  readonly answers: ReadonlyMap<Question['name'], Answers>;
};

/** A figure with where it lies with 95 % confidence; both null where they are not there. */
export type Figure = { readonly value: number | null; readonly interval: Interval | null };

export type QuestionFigures = {
  readonly name: Question['name'];
  readonly words: string;
  readonly kind: Question['kind'];
  /** Turns that it was asked about, and those with at least two answers. */
  readonly asked: number;
  readonly n: number;
  readonly agreement: Figure;
  /** Of two judges; null of more. */
  readonly kappa: Figure;
  /** Nominal for yes and no, ordinal on a scale. */
  readonly alpha: Figure;
  /** Of each judge: what it answered, what is missing, and the share of its answers that pass. */
  readonly judges: readonly {
    readonly judge: string;
    readonly answered: number;
    readonly missing: number;
    readonly passes: Figure;
  }[];
};

export type AgreementFigures = {
  readonly judges: readonly string[];
  readonly turns: number;
  readonly conversations: number;
  readonly questions: readonly QuestionFigures[];
};

type Item = { readonly conversation: string; readonly answers: Answers };

/** How far judges agree, question by question; intervals by drawing whole conversations. */
export function agreementFigures(
  turns: readonly JudgedTurn[],
  judges: readonly string[],
  seed: number,
): AgreementFigures {
  return {
    judges,
    turns: turns.length,
    conversations: new Set(turns.map(({ conversation }) => conversation)).size,
    questions: QUESTIONS.flatMap((question) => {
      const items = turns.flatMap(({ conversation, answers: all }): Item[] => {
        const answers = all.get(question.name);
        return answers ? [{ conversation, answers }] : [];
      });
      return items.length === 0 ? [] : [questionFigures(question, items, judges, seed)];
    }),
  };
}

function questionFigures(
  question: Question,
  items: readonly Item[],
  judges: readonly string[],
  seed: number,
): QuestionFigures {
  const figuresOf = (sample: readonly Item[]) => allFigures(question, sample, judges);
  const clusters = inClusters(items, ({ conversation }) => conversation);
  const intervals = bootstrap(clusters, figuresOf, { random: createRandom(seed) });
  const values = figuresOf(items);
  // One conversation drawn again and again tells nothing of others.
  const figure = (name: string): Figure => ({
    value: values.get(name) ?? null,
    interval: clusters.length > 1 && values.has(name) ? (intervals.get(name) ?? null) : null,
  });
  return {
    ...{ name: question.name, words: question.words, kind: question.kind, asked: items.length },
    n: items.filter(({ answers }) => answers.filter((one) => one !== undefined).length > 1).length,
    ...{ agreement: figure('agreement'), kappa: figure('kappa'), alpha: figure('alpha') },
    judges: judges.map((judge, at) => {
      const missing = items.filter(({ answers }) => answers[at] === undefined).length;
      return { judge, answered: items.length - missing, missing, passes: figure(`passes ${at}`) };
    }),
  };
}

/** Those that are there, by name. */
function allFigures(
  question: Question,
  items: readonly Item[],
  judges: readonly string[],
): ReadonlyMap<string, number> {
  const answers = items.map((item) => item.answers);
  const figures = new Map<string, number>();
  const add = (name: string, value: number | undefined) => {
    if (value !== undefined) figures.set(name, value);
  };
  add('agreement', percentAgreement(answers));
  if (judges.length === 2) add('kappa', cohensKappa(answers));
  add('alpha', krippendorffsAlpha(answers, metricOf(question)));
  for (const at of judges.keys()) {
    const own = answers.flatMap((all) => all[at] ?? []);
    if (own.length > 0) {
      add(`passes ${at}`, own.filter((answer) => passes(question, answer)).length / own.length);
    }
  }
  return figures;
}
