import { badUsage } from './command-error.js';

/** What `--tee FILE=STAGE` says. */
export interface TeeSpec {
  readonly path: string;
  readonly stage: string;
}

export function teeSpec(text: string): TeeSpec {
  const at = text.indexOf('=');
  const path = text.slice(0, at);
  const stage = text.slice(at + 1);
  if (at > 0 && stage.trim() !== '') return { path, stage };
  throw badUsage(`--tee needs FILE=STAGE, got '${text}'`);
}
