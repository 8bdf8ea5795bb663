import type { LabModel } from './call.ts';

/** What is known of a model before anybody reaches it. */
export type PlannedModel = { readonly name: string } & Pick<LabModel, 'price'>;

/** What a model is to be asked, before it is: tokens are estimates. */
export type PlannedRole = {
  readonly model: string;
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Absent: it has no price. */
  readonly cost?: number;
};
