"""JAX and jaxopt for the benchmarks: a line with a request comes in, a line with an answer goes out.

    main.py                        serves requests {"computation", "parameters", "budget"} until its input ends
    main.py once NAME PARAMETERS   computes once, as a program of its own would

One thread by default (COTANGENT_BENCH_THREADS): the processors are taken away before JAX counts them.
"""

import json
import os
import statistics
import sys
import time

threads = int(os.environ.get("COTANGENT_BENCH_THREADS", "1"))
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads:])

import jax  # noqa: E402  (after the affinity)

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_platform_name", "cpu")

from computations import computations  # noqa: E402


def sample(call, budget):
    """Seconds of one call: the median over calls that last about `budget` seconds together."""
    jax.block_until_ready(call())
    times = []
    end = time.perf_counter() + budget
    while not times or time.perf_counter() < end:
        start = time.perf_counter()
        jax.block_until_ready(call())
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def serve():
    made = {}
    print(f"{jax.__version__}, {threads} thread(s), Python {sys.version.split()[0]}", flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        key = json.dumps([request["computation"], request["parameters"]], sort_keys=True)
        try:
            if key not in made:
                made.clear()
                made[key] = computations[request["computation"]](**request["parameters"])
            answer = {"seconds": sample(made[key], request["budget"])}
        except Exception as error:  # the other side shows it and stops
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if len(sys.argv) > 1:
    _, _, name, parameters = sys.argv
    print(float(jax.numpy.sum(computations[name](**json.loads(parameters))())))
else:
    serve()
