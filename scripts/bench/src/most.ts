import { newStream, runEffects, tap } from '@most/core';
import { asap, newDefaultScheduler } from '@most/scheduler';
import type { Stream } from '@most/types';

/** A source for @most/core, which has none of many items: emits all of them in one task. */
export const source = <T>(emitAll: (emit: (item: T) => void) => void): Stream<T> =>
  newStream((sink, scheduler) => {
    let active = true;
    const task = {
      run(time: number): void {
        emitAll((item) => sink.event(time, item));
        if (active) sink.end(time);
      },
      error: (time: number, error: Error) => sink.error(time, error),
      dispose(): void {
        active = false;
      },
    };
    return asap(task, scheduler);
  });

export const range = (items: number): Stream<number> =>
  source((emit) => {
    for (let x = 0; x < items; x += 1) emit(x);
  });

/** Runs a stream and reads every item. */
export const forEach = <T>(take: (item: T) => void, stream: Stream<T>): Promise<void> =>
  runEffects(tap(take, stream), newDefaultScheduler());

export async function sum(stream: Stream<number>): Promise<number> {
  let total = 0;
  await forEach((x) => {
    total += x;
  }, stream);
  return total;
}
