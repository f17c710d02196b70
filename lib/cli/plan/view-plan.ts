import type { GraphFormat } from '../../observe/graph.js';
import { badUsage } from '../errors/command-error.js';
import {
  type FlagValues,
  graphEndings,
  graphFormats,
  type StatsForm,
  statsForms,
} from '../flags/flags.js';

/** The file for a picture of the run. */
export interface GraphFile {
  readonly path: string;
  readonly format: GraphFormat;
}

/** What to show of a run. */
export interface ViewPlan {
  readonly stats: StatsForm | undefined;
  readonly progress: boolean;
  readonly graph: GraphFile | undefined;
}

export function viewPlan({ stats, progress, graph, 'dry-run': dryRun }: FlagValues): ViewPlan {
  if (graph !== undefined && dryRun)
    throw badUsage('--graph draws a run, and --dry-run has none; leave out one of them');
  return {
    stats: stats === undefined ? undefined : formOf(stats),
    progress,
    graph: graph === undefined ? undefined : graphFile(graph),
  };
}

/** Whether anything is to be shown. */
export const isShown = ({ stats, progress, graph }: ViewPlan): boolean =>
  stats !== undefined || progress || graph !== undefined;

function formOf(word: string): StatsForm {
  const form = statsForms.find((each) => each === word);
  if (form) return form;
  const unknown = { word, known: statsForms };
  throw badUsage(`--stats is for ${statsForms.join(', ')}, got '${word}'`, { unknown });
}

function graphFile(path: string): GraphFile {
  const ending = graphEndings.find((each) => path.endsWith(each));
  const format = graphFormats[ending ?? ''];
  if (format) return { path, format };
  throw badUsage(`--graph: ${path} must end in one of ${graphEndings.join(', ')}`);
}
