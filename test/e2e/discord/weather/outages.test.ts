import { checkScenarios } from './check-scenarios.ts';
import { outages } from './outages.ts';

checkScenarios('outages', outages);
