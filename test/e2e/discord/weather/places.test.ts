import { checkScenarios } from './check-scenarios.ts';
import { places } from './places.ts';

checkScenarios('places', places);
