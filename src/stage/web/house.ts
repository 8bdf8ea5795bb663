import type { Offer } from './wire-shapes.ts';

/** Where one is, in words: what each part runs on now, and how to change it. */
export type HouseFact = {
  readonly what: 'stage' | 'model' | 'store';
  readonly is: string;
  readonly change: string;
};
export type HouseFacts = readonly HouseFact[];

/** What the person confirmed: something that was offered, or an endpoint and key typed in. */
export type ConnectChoice =
  | { readonly offer: Offer }
  | { readonly url?: string; readonly key?: string; readonly model?: string };

/** Makes it play (`engine.useModels`). Throws `OperatorError` or `ModelError` saying what to do. */
export type Connect = (choice: ConnectChoice) => Promise<{ readonly model: string }>;
