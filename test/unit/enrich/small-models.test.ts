import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ENRICHED_FIELDS } from '../../../src/cast/changes/proposal.ts';
import { readFindings } from '../../../src/enrich/read-findings.ts';
import { proposalFrom } from './ferry.ts';

const DIR = new URL('../../fixtures/enrich/', import.meta.url);
const answerSchema = z.object({ model: z.string(), field: z.enum(ENRICHED_FIELDS), answer: z.string() });
const answers = readdirSync(DIR).map((name) => ({
  name,
  ...answerSchema.parse(JSON.parse(readFileSync(new URL(name, DIR), 'utf8'))),
}));

/** What models of 135 and 270 million parameters really said when they were asked about the ferry woman. */
describe('answers of small models', () => {
  test.each(answers)('$name can be read, and nothing of it is believed', async ({ field, answer }) => {
    expect(readFindings(answer)?.length).toBeGreaterThan(0);
    const { changes, lines } = await proposalFrom({ [field]: answer });
    expect(changes).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
  });
});
