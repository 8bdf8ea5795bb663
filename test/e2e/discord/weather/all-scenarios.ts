import { connections } from './connections.ts';
import { interactions } from './interactions.ts';
import { limits } from './limits.ts';
import { outages } from './outages.ts';
import { places } from './places.ts';
import type { Scenario } from './scenario.ts';

/** Every scenario, under the headings of docs/discord-faults.md. */
export const allScenarios: Readonly<Record<string, readonly Scenario[]>> = {
  'Limits of Discord’s': limits,
  'Answers that are wrong, late or lost': outages,
  'Commands and buttons': interactions,
  'Connections and events': connections,
  'Webhooks, channels and permissions': places,
};
