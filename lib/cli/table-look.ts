interface Look {
  readonly width?: number;
  readonly color?: boolean;
}

/** A table fits the terminal that it is shown on, if it is; its names are bold there, unless NO_COLOR is set. */
export function tableLook(): Look {
  const { stdout, env } = process;
  if (!stdout.isTTY) return {};
  const color = !env['NO_COLOR'];
  return stdout.columns > 0 ? { width: stdout.columns, color } : { color };
}
