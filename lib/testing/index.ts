export type { Check, CheckOptions } from './check.js';
export { sinkConformance } from './sink-conformance.js';
export type { JunctionSpec, SinkCallbackSpec, SinkSpec } from './sink-spec.js';
export { sourceConformance } from './source-conformance.js';
export type { Input, SourceSpec } from './source-spec.js';
export { stageConformance } from './stage-conformance.js';
export type { Callback, CallbackSpec, Policies, StageSpec, ValuesSpec } from './stage-spec.js';
