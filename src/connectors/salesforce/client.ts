import type { BoundCall } from '../../domain/operation.ts'
import { type NewSalesforceUser, type SalesforceUser, userDeactivate, userUpsert } from './operations.ts'

export interface SalesforceClient {
  /** Creates the user, or changes the one that has our external id. */
  ensureUser(user: NewSalesforceUser): Promise<SalesforceUser>
  /** Deactivates the user that has our external id, if there is one. */
  deactivateUser(user: { externalId: string }): Promise<void>
}

/** The client over one step's calls. */
export function createSalesforceClient(call: BoundCall): SalesforceClient {
  return {
    ensureUser: (user) => call(userUpsert, user),
    async deactivateUser(user) {
      await call(userDeactivate, user)
    },
  }
}
