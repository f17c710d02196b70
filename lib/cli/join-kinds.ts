/** Which items without a partner a join keeps. */
export const joinKinds = ['inner', 'left', 'right', 'outer'] as const;

export type JoinKind = (typeof joinKinds)[number];
