/** What `--stats` can show. */
export const statsForms = ['table', 'json'] as const;

export type StatsForm = (typeof statsForms)[number];
