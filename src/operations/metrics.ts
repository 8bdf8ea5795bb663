import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS_OF_MODELS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300];
const SECONDS_OF_STORES = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What is counted and timed. Labels are words of the program alone: no text, no names, no ids. */
export type Metrics = ReturnType<typeof createMetrics>;

/** Every metric of one process, with the process's own (memory, CPU, event loop, garbage collection). */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter({ name: `dramatis_${name}`, help, labelNames: [...labelNames], registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly Label[] = [],
  ) => new Histogram({ name: `dramatis_${name}`, help, buckets, labelNames: [...labelNames], registers });

  return {
    registry,
    turns: counter('turns_total', 'Turns that came to an end, by what became of them.', ['outcome']),
    turnSeconds: histogram(
      'turn_seconds',
      'From the beginning of a turn until it was ready to be recorded, by what became of it.',
      SECONDS_OF_MODELS,
      ['outcome'],
    ),
    visibleSeconds: histogram(
      'turn_visible_seconds',
      'From the request to the model until the first words of its turn that people may see.',
      SECONDS_OF_MODELS,
    ),
    modelRequests: counter(
      'model_requests_total',
      'Requests to models, by part and by what became of them.',
      ['role', 'outcome'],
    ),
    modelTries: counter(
      'model_failed_tries_total',
      'Tries of those requests that failed, those that were repeated included, by the HTTP status (none: no answer).',
      ['role', 'failure', 'status'],
    ),
    modelSeconds: histogram(
      'model_request_seconds',
      'From a request to a model to the end of its answer.',
      SECONDS_OF_MODELS,
      ['role'],
    ),
    tokens: counter('model_tokens_total', 'Tokens, as the endpoint counts them or by an estimate.', [
      'role',
      'kind',
    ]),
    beats: counter('beats_total', 'Beats that were appended to logs.'),
    storeSeconds: histogram('store_seconds', 'How long the store took, by operation.', SECONDS_OF_STORES, [
      'operation',
    ]),
    storeErrors: counter('store_errors_total', 'Operations of the store that failed.', ['operation']),
    discordAnswers: counter(
      'discord_answers_total',
      'Answers of Discord to requests, by class of status; invalid: those that it counts against the bot.',
      ['status', 'invalid'],
    ),
    heldBack: counter('held_back_total', 'Lines that nobody was shown, by the reason.', ['because']),
    budgets: counter(
      'budget_stops_total',
      'Turns and lines that were not taken because a budget was used up.',
      ['meter'],
    ),
    events: counter('log_events_total', 'What was reported to the log, whatever LOG_LEVEL is.', [
      'level',
      'event',
    ]),
    /** A number that is asked for whenever someone reads it; it takes the place of the one of its name. */
    gauge<Label extends string>(
      name: string,
      help: string,
      labelNames: readonly Label[],
      read: () => Iterable<readonly [labels: Record<Label, string>, value: number]>,
    ): void {
      registry.removeSingleMetric(`dramatis_${name}`);
      new Gauge({
        name: `dramatis_${name}`,
        help,
        labelNames: [...labelNames],
        registers,
        collect() {
          this.reset();
          for (const [labels, value] of read()) this.set(labels, value);
        },
      });
    },
  };
}
