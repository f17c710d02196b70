import type { Place } from '../place.js';
import { children } from './children.js';
import { endless } from './endless.js';
import { files } from './files.js';
import { members } from './members.js';
import { pushes } from './pushes.js';
import { requests } from './requests.js';
import { sockets } from './sockets.js';
import { sorts } from './sorts.js';
import { timers } from './timers.js';

/** Does some work in a place, leaves the place unchanged, and throws if the result is wrong. */
export type Workload = (place: Place) => Promise<void>;

/** Cheap workloads are listed several times, so that they run more often. */
export const workloads: readonly [Workload, ...Workload[]] = [
  endless,
  endless,
  endless,
  pushes,
  pushes,
  pushes,
  members,
  members,
  timers,
  timers,
  files,
  sockets,
  requests,
  sorts,
  children,
];
