export const COSER_HELP = `Usage: dramatis lab eval coser [--data FILE] --out DIR [options]
       dramatis lab eval coser [--data FILE] --plan [options]
       dramatis lab eval coser --simulation FILE --out DIR [options]
       dramatis lab eval coser … --out DIR --batch write
       dramatis lab eval coser … --out DIR --batch read RESULTS…

Plays scenes by Given-Circumstance Acting, judges each in four dimensions the moment it
ends, and scores them with 95 % intervals. Begun again with the same DIR and the same
flags, whatever ended it, no answer is paid for twice and the results are the same.
docs/lab-eval.md says what the numbers mean, and what not.

What is played
  --data FILE        scenes in CoSER's form, as published (default: scenes of our own)
  --scenes ID,…      only these; or a FILE with one id a line
  --limit N          only the first N
  --skip-bad         leaves out records that cannot be played, and counts them
  --simulation FILE  scenes that were played before: a folder of ours, a file of CoSER's
                     or HER's runner, or HER's folder; they are only judged
                     (--judge-only)
  --rounds N         at most so many rounds a scene (default 20)
  --continue-from N  so many turns of the reference conversation come first
  --choice HOW       who is next: model (default), or random

Who plays: models by name at the role's endpoint, or by an id of models.yaml
  --actor M  --director M  --narrator M  --judge M
                     (default: MODEL_ACTOR …, else MODEL)
  --concurrency N    requests in flight at once at each endpoint (default: the model's
                     setting); scenes are not limited

By whose rules
  --protocol P       fixed (default): ours, the faults of both runners mended;
                     coser or her: that runner's rules, quirks and counting
  --prompts DIR      that runner's own texts, from your checkout of it: without them
                     coser and her do not compare with published numbers
  --times K          each judgement so often (default 1)
  --seed N           of all that is left to chance (default 0)

To see what a part is worth (lab eval ablate does them one after another)
  --no-plan          without system thinking
  --no-thoughts      without role thinking
  --judge-thoughts X on or off: whether the judge reads thoughts
  --dialect D        her or coser: the form in which actors write
  --best-of N        so many drafts of a turn, of which the judge chooses

What it costs, and where it goes
  --plan             estimates calls, tokens and price; asks and writes nothing
  --out DIR          gets results.json, report.html, transcripts.jsonl, prompts.json
                     and calls.jsonl, every answer as it came but for system thinking
  --batch write      plays, and writes what the judge has not answered into
                     DIR/batch-0001.jsonl …, for OpenAI's Batch API or vllm run-batch
  --batch read       takes RESULTS, scores, and says what is still missing
  --write-simulation F  coser or her: also writes what was played for that evaluator
  --trace            writes raw answers, system thinking too, to DIR/traces.jsonl
  --json             results on stdout as one JSON object, all else on stderr

Exit code 0; 1 where nothing could be scored; 2 for bad use.
`;
