import { startOutcomes } from './mapping/outcomes.ts';
import { startTrying } from './mapping/try-mapping.ts';

// The mapping of a CRM: a field's editor with its preview, and the list of what a draft would change.
startTrying();
startOutcomes();
