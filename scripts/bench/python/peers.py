"""The peers in CPython: the seed's functions without their prints. Prints the measurement as JSON."""
import json
import os
import statistics
import sys
import time


def pipeline_stage_one_a(limit):
    num = 0
    while num <= limit:
        yield num
        num += 1


def pipeline_stage_two(previous_stage_generator):
    for value in previous_stage_generator:
        yield value * value


def pipeline_stage_three(previous_stage_generator):
    for squared_value in previous_stage_generator:
        squared_value += 1
        yield squared_value


def pipeline_producer(next_stage_coroutine, limit, answered):
    num = 0
    _return_value = next_stage_coroutine.send(None)
    while num <= limit:
        _return_value = next_stage_coroutine.send(num)
        answered(_return_value)
        num += 1
    next_stage_coroutine.close()


def coroutine_stage_one(next_stage_coroutine):
    _return_value = next_stage_coroutine.send(None)
    while True:
        value = (yield _return_value)
        _return_value = next_stage_coroutine.send(value * value)


def coroutine_stage_two(next_stage_coroutine):
    _return_value = next_stage_coroutine.send(None)
    while True:
        value = (yield _return_value)
        _return_value = next_stage_coroutine.send(value + 1)


def pipeline_stage_broadcaster(next_stage_coroutines):
    for _sink in next_stage_coroutines:
        _sink.send(None)
    while True:
        value = (yield 'Broadcasting')
        for _sink in next_stage_coroutines:
            _sink.send(value)


def total(values):
    """Sums as a float, like a JavaScript number, so that large sums are rounded in the same way."""
    result = 0.0
    for value in values:
        result += value
    return result


def generators(items):
    stage1 = pipeline_stage_one_a(limit=items - 1)
    stage2 = pipeline_stage_two(stage1)
    stage3 = pipeline_stage_three(stage2)
    return total(stage3)


def comprehensions(items):
    stage1 = (x for x in range(items))
    stage2 = (x * x for x in stage1)
    stage3 = (x + 1 for x in stage2)
    return total(stage3)


def ten_stages(items):
    stage = ({'n': n} for n in range(items))
    stage = ({'n': item['n'] + 1} for item in stage)
    stage = ({'n': item['n'] * 2} for item in stage)
    stage = ({'n': item['n'] - 3} for item in stage)
    stage = ({'n': item['n'] + 5} for item in stage)
    stage = ({'n': item['n'] * 3} for item in stage)
    stage = ({'n': item['n'] - 7} for item in stage)
    stage = ({'n': item['n'] + 11} for item in stage)
    stage = ({'n': item['n'] * 5} for item in stage)
    stage = ({'n': item['n'] - 13} for item in stage)
    stage = ({'n': item['n'] + 17} for item in stage)
    return total(item['n'] for item in stage)


def filtered(items):
    odd = (x for x in pipeline_stage_one_a(limit=items - 1) if x % 2 == 1)
    return total(x * 2 for x in odd)


def flat(items):
    return total(y for x in range(items) for y in (x, x + 1, x + 2))


def zip_two(items):
    stage1 = pipeline_stage_two(pipeline_stage_one_a(limit=items - 1))
    stage1a = pipeline_stage_one_a(limit=items - 1)
    return total(a + b for a, b in zip(stage1, stage1a))


class Sum:
    def __init__(self):
        self.sum = 0.0

    def consumer(self, test=None):
        while True:
            value = (yield 'Consumed')
            if test is None or test(value):
                self.sum += value


def broadcast(items):
    every, odd, large = Sum(), Sum(), Sum()
    consumers = [
        every.consumer(),
        odd.consumer(lambda x: x % 2 == 1),
        large.consumer(lambda x: x > 1000),
    ]
    stage2 = coroutine_stage_two(pipeline_stage_broadcaster(consumers))
    pipeline_producer(coroutine_stage_one(stage2), items - 1, lambda _answer: None)
    return [every.sum, odd.sum, large.sum]


def answering_consumer():
    answer = None
    while True:
        value = (yield answer)
        answer = value % 10


def push(items):
    answers = 0

    def answered(answer):
        nonlocal answers
        answers += answer

    stage2 = coroutine_stage_two(answering_consumer())
    pipeline_producer(coroutine_stage_one(stage2), items - 1, answered)
    return answers


def ndjson(items):
    folder = os.environ['SLUICE_BENCH_FOLDER']
    with open(f'{folder}/{items}.ndjson') as source, open(f'{folder}/output.ndjson', 'w') as sink:
        entries = (json.loads(line) for line in source)
        failed = (entry for entry in entries if entry['status'] >= 404)
        projected = ({key: entry[key] for key in ('id', 'path', 'ms')} for entry in failed)
        sink.writelines(json.dumps(entry) + '\n' for entry in projected)


def lines(items):
    with open(f"{os.environ['SLUICE_BENCH_FOLDER']}/{items}.ndjson") as source:
        return sum(1 for line in source if '"level":"error"' in line)


def measure(run, items, least_items, most_ms):
    """Measures in the same way as child.ts."""
    answers, times = [], []
    start = time.perf_counter()
    while True:
        began = time.perf_counter()
        answers.append(run(items))
        now = time.perf_counter()
        times.append((now - began) * 1000)
        enough = len(times) >= 4 and len(times) * items >= least_items
        if len(times) >= 2 and (enough or (now - start) * 1000 > most_ms):
            break
    assert all(answer == answers[0] for answer in answers)
    later = times[len(times) // 2:]
    return {'first': times[0], 'warm': statistics.median(later), 'answer': answers[0]}


def main():
    name, numbers = sys.argv[1], map(int, sys.argv[2:5])
    print(json.dumps(measure(globals()[name], *numbers)))


main()
