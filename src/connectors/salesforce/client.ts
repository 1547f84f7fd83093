import type { BoundCall } from '../../domain/operation.ts'
import { type NewSalesforceUser, type SalesforceUser, userUpsert } from './operations.ts'

export interface SalesforceClient {
  /** Creates the user, or changes the one that has our external id. */
  ensureUser(user: NewSalesforceUser): Promise<SalesforceUser>
}

/** The client over one step's calls. */
export function createSalesforceClient(call: BoundCall): SalesforceClient {
  return { ensureUser: (user) => call(userUpsert, user) }
}
