import { describe, expect, it } from 'vitest';
import { BadUse } from '../../../../src/cli/bad-use.ts';
import { exportFlags } from '../../../../src/cli/lab/export/export-flags.ts';

describe('flags of lab export', () => {
  it('make all kinds that can be made of what is given', () => {
    expect(exportFlags(['a.jsonl', '--out', 'o']).kinds).toEqual(['sft', 'sft-plain', 'rp-rl']);
    expect(exportFlags(['--verdicts', 'v', '--out', 'o']).kinds).toEqual(['grm-sft', 'grm-rl']);
    expect(exportFlags(['a', '--verdicts', 'v', '--out', 'o']).kinds).toHaveLength(5);
  });

  it('are as the published split has them where nothing is said', () => {
    expect(exportFlags(['a', '--out', 'o'])).toMatchObject({
      ...{ val: 0.05, test: 0, by: 'conversation', seed: 42, maxTokens: 16_384, forms: ['jsonl'] },
    });
  });

  it('take lists in any order, each once', () => {
    const flags = exportFlags(['a', '--out', 'o', '--engine', 'verl, trl,verl', '--form', 'parquet,jsonl']);
    expect(flags.engines).toEqual(['trl', 'verl']);
    expect(flags.forms).toEqual(['jsonl', 'parquet']);
  });

  it.each([
    [['a'], /--out DIR is needed/u],
    [['--out', 'o'], /needs a FOLDER/u],
    [['a', '--out', 'o', '--kind', 'dpo'], /--kind takes all, or of sft/u],
    [['a', '--out', 'o', '--kind', 'grm-rl'], /grm-rl is made of --verdicts/u],
    [['--verdicts', 'v', '--out', 'o', '--kind', 'sft'], /sft is made of conversations/u],
    [['a', '--out', 'o', '--val', '1.5'], /--val takes a share/u],
    [['a', '--out', 'o', '--val', '0.6', '--test', '0.4'], /leave nothing to train on/u],
    [['a', '--out', 'o', '--split-by', 'author'], /--split-by takes/u],
    [['a', '--out', 'o', '--baseline', 'f', '--baseline-model', 'm'], /do not go together/u],
    [['a', '--out', 'o', '--max-tokens', '3'], /--max-tokens takes a whole number/u],
    [['a', '--out', 'o', '--allow-discord'], /Unknown option/u],
  ])('%j is bad use, in one line', (args, words) => {
    expect(() => exportFlags(args)).toThrow(BadUse);
    expect(() => exportFlags(args)).toThrow(words);
  });
});
