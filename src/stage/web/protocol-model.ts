import { z } from 'zod';
import { asked, id } from './protocol-fields.ts';

/** Scope `admin`: named models, one of them downloaded to this machine (after its consent was asked for), and stopped. */
export const modelMessages = [
  z.strictObject({ ...asked, type: z.literal('models') }),
  /** Answered when it is there or was stopped; whoever sends this has asked the person first. */
  z.strictObject({ ...asked, type: z.literal('model-fetch'), model: id }),
  z.strictObject({ ...asked, type: z.literal('model-stop'), model: id }),
] as const;
