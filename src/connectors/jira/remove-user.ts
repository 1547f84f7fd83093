import { PersonNeeded } from '../../domain/errors.ts'
import type { BoundCall } from '../../domain/operation.ts'
import { accountOf, userRemove } from './users.ts'

export interface RemovedUser {
  email: string
  /** Of their account, where it is known. */
  accountId?: string | undefined
  /** Whether it is sure that the run gave the access; else a person has to look. */
  made: boolean
}

/** Takes away the access that a run gave; who has none stays without. */
export async function removeUser(call: BoundCall, { email, accountId, made }: RemovedUser): Promise<void> {
  if (made && accountId !== undefined) {
    await call(userRemove, { accountId })
    return
  }
  const account = await accountOf(email, (operation, input) => call(operation, input))
  if (!account || account.products.length === 0) return
  if (!made) throw maybeBefore()
  await call(userRemove, { accountId: account.accountId })
}

/** Jira keeps no mark of who gave the access. */
const maybeBefore = (): PersonNeeded =>
  new PersonNeeded({
    code: 'jira-access-not-surely-ours',
    message: 'They have access to Jira, and it is not certain that this run gave it: they may have had it before.',
    hint: 'If they are not to have it, remove them at https://admin.atlassian.com (the site > Users). Then mark this step done.',
  })
