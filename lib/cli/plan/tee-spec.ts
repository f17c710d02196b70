import { badUsage } from '../errors/command-error.js';

/** The value of `--tee FILE=STAGE`. */
export interface TeeSpec {
  readonly path: string;
  readonly stage: string;
}

export function teeSpec(text: string): TeeSpec {
  // A key in braces may be a function that contains `=`.
  const [, path = '', stage = ''] = /^((?:\{\{|\{[^{}]+\}|[^={])+)=(.*)$/s.exec(text) ?? [];
  if (stage.trim() !== '') return { path, stage };
  throw badUsage(`--tee needs FILE=STAGE, got '${text}'`);
}
