/** Advice of the library that has another form on a command line. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/as the header$/, 'as the header: csv:header=a+b'],
  [/, or use strategy 'sorted'$/, ''],
  [
    /put the smaller source there, raise maxItems, or sort both and use strategy 'sorted'$/,
    'put the smaller file there',
  ],
];

/** A message in the terms of the command. `files`: the inputs. */
export function advised(message: string, files: readonly string[]): string {
  const found = advice.find(([pattern]) => pattern.test(message));
  if (found) return message.replace(...found);
  return message.replace(
    /source (\d+) is not sorted: (.*); sort the source, /,
    (_, at: string, why: string) => `${files[Number(at)]} is not sorted: ${why}; sort it, `,
  );
}
