import { readdir, readlink, realpath } from 'node:fs/promises';

/** How many descriptors of this process are open on `path`. */
export async function openFiles(path: string): Promise<number> {
  const links = (await readdir('/proc/self/fd')).map((fd) =>
    // The descriptor that lists the folder is gone by now.
    readlink(`/proc/self/fd/${fd}`).catch(() => ''),
  );
  const real = await realpath(path);
  return (await Promise.all(links)).filter((target) => target === real).length;
}

/** How many descriptors of this process are open on files in `folder`, those without a name too. */
export async function openFilesIn(folder: string): Promise<number> {
  const links = (await readdir('/proc/self/fd')).map((fd) =>
    readlink(`/proc/self/fd/${fd}`).catch(() => ''),
  );
  const real = await realpath(folder);
  return (await Promise.all(links)).filter((target) => target.startsWith(`${real}/`)).length;
}
