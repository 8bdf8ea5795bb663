import type { ChatRequest } from '../../model/chat-model.ts';
import type { Principle } from '../principles/principle.ts';
import type { Layout } from './judging.ts';
import type { Side } from './verdict.ts';

/** The two candidates as they were put before a judge, and what is needed to read its answer. */
export type AskedOrder = {
  readonly shownFirst: Side;
  readonly layout: Layout;
  /** What each candidate is called in the request. */
  readonly labels: Readonly<Record<Side, string>>;
  readonly principles: readonly Principle[];
  readonly request: ChatRequest;
};
