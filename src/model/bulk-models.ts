import { type BulkModel, createBulkModel } from './bulk-model.ts';
import { createConnections } from './connections.ts';
import type { ModelSettings } from './model-settings.ts';
import { perEndpoint } from './per-endpoint.ts';
import { createRequestLimit } from './request-limit.ts';

/** Opens models for traffic in bulk; those at one endpoint share its limit and its connections. */
export function openBulkModels(all: readonly ModelSettings[]): readonly BulkModel[] {
  const shared = perEndpoint(all, (bounds) => ({
    limit: createRequestLimit(bounds),
    connections: createConnections(),
  }));
  return all.map((one) => createBulkModel(one, shared(one)));
}
