import { checkScenarios } from './check-scenarios.ts';
import { limits } from './limits.ts';

checkScenarios('limits', limits);
