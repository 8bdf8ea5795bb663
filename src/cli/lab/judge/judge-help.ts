export const JUDGE_HELP = `Usage: dramatis lab judge FILE… --out DIR [options]
       dramatis lab judge FILE… --out DIR --batch write
       dramatis lab judge RESULTS… --out DIR --batch read
       dramatis lab judge --self-test
       dramatis lab judge --agreement [SCENE…] [--ask]

Compares candidates for one turn, two at a time and in both orders, by the principles.
The judge is MODEL_JUDGE, else MODEL. It reads what the speaker perceived and no more;
system thinking is taken out of every text before anything else reads it.

FILE holds one JSON object a line, an item or a pair as preference trainers have it:

  {"id":"1","scene":"quay","context":{"speaker":"Ada","sheet":"…","lines":["Ned: Well?"]},
   "candidates":[{"model":"a","text":"…"},{"model":"b","text":"…"}]}
  {"messages":[{"role":"system","content":"…"},…],"chosen":"…","rejected":"…"}

Texts are in HER's format, or in CoSER's with "format":"coser". Files that came through
Discord are refused; no flag and no setting overrides this.

DIR gets verdicts.jsonl, summary.json, ranking.svg and calls.jsonl, every answer as it
came. Started again with the same DIR, nothing is asked twice.

  --out DIR          where to write
  --pairs WHICH      of more than two candidates: all (default), knockout, or
                     baseline NAME, all against that model
  --judge NAME       another model at the same endpoint, or the id of one that
                     models.yaml offers; several are compared
  --principles FILE  changes and additions to the principles that ship
  --concurrency N    pairs and requests under way at once (default: the model's setting)
  --seed N           of the intervals (default 0)
  --batch write      writes what has no answer yet to DIR/batch-0001.jsonl …, for OpenAI's
                     Batch API or vllm run-batch
  --batch read       takes RESULTS (output and error files, in any order), judges, and
                     says how many are still missing: --batch write again asks for those
  --self-test        what sways this judge: order, padding, identical and empty candidates
  --agreement        how often a judge agrees with what people chose in scenes of the
                     store (STORE_URL), overall and by dimension
  --ask              asks the judge anew about choices whose words may be kept
  --json             one JSON object on stdout, all else on stderr

Exit code 0; 1 where nothing could be judged or the self-test failed; 2 for bad use.
`;
