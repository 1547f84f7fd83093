import { ControlMistake } from '../control/mistake.ts'
import type { SandboxUser } from '../state.ts'
import type { Workspace } from './workspace.ts'

/** The person whom a script names by account (`ops`), id or mention. */
export function findPerson(workspace: Workspace, reference: string): SandboxUser {
  const name = reference.replace(/^<?@?|>$/g, '')
  const byId = workspace.users.get(name)
  if (byId) return byId
  const people = [...workspace.users.values()]
  const found = people.find(({ account }) => account === name)
  if (found) return found
  const accounts = people.filter(({ isBot }) => !isBot).map(({ account }) => account)
  throw new ControlMistake({ code: 'user_not_found', hint: `"user" must be one of: ${accounts.join(', ')}.` })
}
