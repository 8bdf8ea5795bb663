export const REWARD_HELP = `Usage: dramatis lab reward [options]

Serves rewards to a training run over HTTP. The judge (MODEL_JUDGE, else MODEL) compares
each rollout with the baseline answer to the same prompt, in both orders: 1 won, 0 a tie,
-1 lost, and the mean of the two. A turn that is not legal is -1 and nobody is asked; a
judgement that fails is null, and the sample is to be dropped.

  POST /v1/score     {"samples":[{"id":"1","reward_context":…,"response":"…"}]}
  POST /get_reward   as OpenRLHF asks; the labels are reward contexts
  GET  /health       is the judge there
  GET  /metrics      for Prometheus
  GET  /v1/monitor   how alike the last turns are: a policy that collapses shows here

lab export --kind rp-rl writes the reward contexts; training/adapters holds what verl,
ms-swift and TRL load. docs/lab-reward.md tells the rest.

  --host HOST        default 127.0.0.1: this machine alone
  --port N           default 4690; a port that is taken is an error
  --judge NAME       another model at the same endpoint, or the id of one that
                     models.yaml offers
  --principles FILE  changes and additions to the principles that ship
  --plan RULE        required (default): exactly one plan; optional: one or none;
                     off: none, for a policy that is asked for none
  --longest N        characters of a turn, plan and all; more is illegal (default 16000)
  --concurrency N    requests at the judge at once, two a sample (default 1024)
  --queue N          samples under way at once; more are refused with 429 (default 4096)
  --timeout N        seconds for a sample, then it is null (default 170: OpenRLHF gives
                     up after 180)
  --cache N          verdicts that are kept (default 200000; 0: none)
  --window N         turns that the monitor looks at (default 1000)
  --alarm N          per cent of one pattern above which it gives alarm (default 60)
  --max-mb N         of a request, in megabytes (default 64)
  --key-file FILE    holds the key that requests must bring; else REWARD_KEY, else none
  --log FILE         one line for each score, with hashes and without texts
  --seed N           the same requests to the judge in every run
  --grace N          seconds in which requests under way may end at a stop (default 30)
  --json             where it listens, as one JSON object on stdout; all else on stderr

Ends at Ctrl-C or SIGTERM. Exit code 0; 1 where samples were given up at the end or it
could not start; 2 for bad use.
`;
