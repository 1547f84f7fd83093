import type { Actor } from '../src/domain/actor.ts'
import { texts } from './texts/index.ts'

type Machine = Extract<Actor, { kind: 'machine' }>

/** `hr-platform (webhook)`; Purser for what it does of itself. */
export function machineName({ part, name }: Machine): string {
  const { parts, partFor } = texts.names
  const way = parts[part]
  return way === undefined || name === undefined ? texts.words.purser : partFor(name, way)
}
