"""Twenty thousand questions over all agents: memory stays flat and within its budget, nothing is lost."""

import asyncio
import gc
import sys
import time

from elex_browser import Elex
from elex_browser.knowledge.found import Found
from elex_browser.protocol import Feedback, MemoryStats, Query

N_QUESTIONS = 20_000
AT_ONCE = 50
RATED_EACH_TIME = 10
# So few that the memory of rated questions is full before the figures are compared.
MAX_EPISODES = 100
QUESTIONS = ("which counters show it?", "how to activate it?", "why does it fail?", "what is it?")


async def ask_all(elex: Elex) -> list[tuple[MemoryStats, int]]:
    """Ask in rounds, every agent in turn; return the memory after each tenth of the way."""
    agent_ids = [agent.id for agent in await elex.agents()]
    seen: list[tuple[MemoryStats, int]] = []
    for start in range(0, N_QUESTIONS, AT_ONCE):
        answers = await asyncio.gather(
            *(
                # Straight to the agents: routing is measured elsewhere and takes most of the time.
                elex.parts.session.answer(
                    agent_ids[number % len(agent_ids)],
                    Query(content=QUESTIONS[number % len(QUESTIONS)]),
                    Found(chosen=0.9),
                    since=time.perf_counter(),
                )
                for number in range(start, start + AT_ONCE)
            )
        )
        rated = answers[:RATED_EACH_TIME]
        rating = Feedback(rating=0.5, resolved=True)
        await asyncio.gather(*(elex.feedback(answer.query_id, rating) for answer in rated))
        if (start + AT_ONCE) % (N_QUESTIONS // 10) == 0:
            gc.collect()
            seen.append((await elex.memory_stats(), sys.getallocatedblocks()))
    return seen


def test_memory_stays_flat_over_twenty_thousand_questions() -> None:
    async def scenario() -> tuple[Elex, list[tuple[MemoryStats, int]]]:
        elex = await Elex.open(seed=11, max_episodes=MAX_EPISODES)
        await elex.warm_up()
        return elex, await ask_all(elex)

    with asyncio.Runner() as runner:
        elex, seen = runner.run(scenario())
        listed = runner.run(elex.agents())
        registry = runner.run(elex.registry_stats())

    stats = [one for one, _ in seen]
    assert all(one.used_bytes < one.budget_bytes for one in stats)
    assert all(one.cached_agents <= 50 for one in stats)
    assert max(one.used_bytes for one in stats[5:]) <= 1.02 * stats[4].used_bytes
    blocks = [number for _, number in seen]
    assert blocks[-1] <= 1.05 * blocks[4]
    assert sum(agent.interactions for agent in listed) == N_QUESTIONS
    assert registry.evicted >= N_QUESTIONS - 50 - registry.hits
    print(
        f"\n{N_QUESTIONS} questions, {registry.evicted} agents put to rest, "
        f"{registry.create_ms_mean:.2f} ms to make one, {stats[-1].used_bytes / 1e6:.1f} MB counted"
    )
