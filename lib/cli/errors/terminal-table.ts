import type { WriteStream } from 'node:tty';

interface Look {
  readonly width?: number;
  readonly color?: boolean;
}

/** A table fits the terminal that it is shown on, if it is; its names are bold there, unless NO_COLOR is set. */
export function terminalTable({ isTTY, columns }: WriteStream): Look {
  if (!isTTY) return {};
  const color = !process.env['NO_COLOR'];
  return columns > 0 ? { width: columns, color } : { color };
}
