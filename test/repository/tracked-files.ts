import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A path of the repository. */
export const repository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

const NOT_OURS = ['node_modules/**', 'tools/lint/node_modules/**', '.purser*/**']

/** Every text file under version control, and what is about to be; of a copy without history, everything. */
export function trackedFiles(): { path: string; text: string }[] {
  return listed()
    .filter((path) => path !== 'package-lock.json' && !/\.(png|ico|woff2?)$/.test(path))
    .filter((path) => existsSync(repository(path)) && statSync(repository(path)).isFile())
    .map((path) => ({ path, text: readFileSync(repository(path), 'utf8') }))
}

function listed(): string[] {
  const cwd = repository('.')
  if (!existsSync(repository('.git'))) return globSync('**/*', { cwd, exclude: NOT_OURS })
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z']
  return execFileSync('git', args, { cwd, encoding: 'utf8' }).split('\0').filter(Boolean)
}
