import type { WriteStream } from 'node:tty';

interface Look {
  readonly width?: number;
  readonly color?: boolean;
}

/** How to draw a table: on a terminal, it fits the width, and its column names are bold unless NO_COLOR is set. */
export function terminalTable({ isTTY, columns }: WriteStream): Look {
  if (!isTTY) return {};
  const color = !process.env['NO_COLOR'];
  return columns > 0 ? { width: columns, color } : { color };
}
