import { checkScenarios } from './check-scenarios.ts';
import { connections } from './connections.ts';

checkScenarios('connections', connections);
