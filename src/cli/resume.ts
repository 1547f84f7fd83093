import { parseArgs } from 'node:util'
import { UserMistake } from '../domain/errors.ts'
import { liftPause, readPause } from '../engine/pause.ts'
import { dataFolderOf, readEnvironment } from './read-environment.ts'

/** `purser resume [--data DIR]`: lifts a pause; a Purser that stands still goes on, one that is stopped goes on when it starts. */
export async function resume(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } })
  const data = values.data ?? dataFolderOf(readEnvironment())
  const pause = readPause(data)
  if (!pause) {
    throw new UserMistake({
      code: 'not-paused',
      message: `Purser is not paused on ${data}.`,
      hint: 'Name the data folder with --data DIR, if it is another one.',
    })
  }
  liftPause(data)
  process.stdout.write(`Lifted: ${pause.reason}. A Purser that is running goes on within a second.\n`)
}
