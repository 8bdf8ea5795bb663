import { checkScenarios } from './check-scenarios.ts';
import { interactions } from './interactions.ts';

checkScenarios('interactions', interactions);
