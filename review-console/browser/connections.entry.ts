import { startConnectionForm } from './connections/check-form.ts';

startConnectionForm();
