"""verl: reward.custom_reward_function.path=verl_reward.py, name=compute_score (docs/lab-reward.md)."""
import asyncio, json, os, time, urllib.request

URL, KEY = os.environ.get("REWARD_URL", "http://127.0.0.1:4690"), os.environ.get("REWARD_KEY", "")


def score(samples, tries=6):
    """Posts samples; asks again for as long as the server is busy or away, and for those without a verdict."""
    head = {"content-type": "application/json", **({"authorization": "Bearer " + KEY} if KEY else {})}
    for attempt in range(tries):
        try:
            body = json.dumps({"samples": samples}).encode()
            with urllib.request.urlopen(urllib.request.Request(URL + "/v1/score", body, head), timeout=600) as answer:
                scores = json.load(answer)["scores"]
            if attempt > 1 or all(one["reward"] is not None for one in scores):
                return scores
        except OSError as error:
            if attempt == tries - 1 or getattr(error, "code", 503) not in (429, 500, 502, 503, 504):
                raise
        time.sleep(min(30, 0.5 * 2**attempt))


async def compute_score(data_source, solution_str, ground_truth, extra_info, **kwargs):
    """`judged` is 1, or NaN for a sample without a verdict: verl drops no single sample, filter_groups drops its group."""
    [one] = await asyncio.to_thread(score, [{"reward_context": extra_info["reward_context"], "response": solution_str}])
    illegal = one["reward"] == -1 and not one["orders"]
    dropped = one["reward"] is None
    return {"score": one["reward"] or 0.0, "judged": float("nan") if dropped else one["reward"], "illegal": float(illegal)}
