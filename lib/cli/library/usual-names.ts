// The names that nearly every command line uses, and those that are in the same modules: they are loaded at once.
export {
  AbortError,
  ArgumentError,
  AsyncError,
  BacklogError,
  BoundError,
  ClosedError,
  NullItemError,
  OrderError,
  RouteError,
  SluiceError,
  SpillError,
  StageError,
  StallError,
  TimeoutError,
  UsedError,
} from '../../core/base/errors.js';
export { formatLines } from '../../formats/format-lines.js';
export { formatNdjson } from '../../formats/format-ndjson.js';
export { lines } from '../../formats/lines.js';
export { parseNdjson } from '../../formats/parse-ndjson.js';
export { FormatError } from '../../formats/text/format-error.js';
export { ParseError } from '../../formats/text/parse-error.js';
export { concat } from '../../junctions/concat.js';
export { filter } from '../../operators/filter.js';
export { map } from '../../operators/map.js';
export { from } from '../../sources/from.js';
export { compose } from '../../streams/compose.js';
export { pipeline } from '../../streams/pipeline.js';
export { Sink } from '../../streams/sink.js';
export { Source } from '../../streams/source.js';
export { Stage } from '../../streams/stage.js';
