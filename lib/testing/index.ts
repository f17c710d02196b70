export type { Check, CheckOptions } from './harness/check.js';
export type { JunctionSpec, SinkCallbackSpec, SinkSpec } from './harness/sink-spec.js';
export type { Input, SourceSpec } from './harness/source-spec.js';
export type {
  Callback,
  CallbackSpec,
  Policies,
  StageSpec,
  ValuesSpec,
} from './harness/stage-spec.js';
export { sinkConformance } from './sink-conformance.js';
export { sourceConformance } from './source-conformance.js';
export { stageConformance } from './stage-conformance.js';
