import { z } from 'zod';
import { type FormFault, invalidForm } from '../wire/api-error.ts';

/** Text of `min` to `max` characters, counted as Discord counts: code points. */
export function text(min: number, max: number) {
  return z.string().superRefine((value, context) => {
    const length = [...value].length;
    if (length > max && min === 0) {
      fault(context, 'BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`);
    } else if (length < min || length > max) {
      fault(context, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    }
  });
}

/** A list of `min` to `max` entries. */
export function list<T extends z.ZodType>(entry: T, min: number, max: number) {
  return z.array(entry).superRefine((value, context) => {
    if (value.length < min || value.length > max) {
      fault(context, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
    }
  });
}

/** A snowflake as it comes in a body: digits in a string. */
export const snowflake = z.string().regex(/^\d{17,20}$/, 'Value is not snowflake.');

/** Reports a fault under Discord's own code for it. */
export function fault(
  context: z.core.$RefinementCtx,
  code: string,
  message: string,
  path: PropertyKey[] = [],
): void {
  context.addIssue({ code: 'custom', message, path, params: { discord: code } });
}

/** Reads a request body by its schema; what does not fit is Discord's 50035. */
export function readForm<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw invalidForm(read.error.issues.map(toFault));
}

function toFault(issue: z.core.$ZodIssue): FormFault {
  if (issue.code === 'custom') {
    return { path: issue.path, code: String(issue.params?.['discord'] ?? 'INVALID'), message: issue.message };
  }
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return { path: issue.path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  }
  if (issue.code === 'invalid_value') {
    const choices = issue.values.map(String).join(', ');
    return { path: issue.path, code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${choices}}.` };
  }
  return { path: issue.path, code: 'BASE_TYPE_INVALID', message: issue.message };
}
