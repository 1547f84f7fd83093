import type { Connector } from '../../domain/operation.ts'
import { createSalesforceClient, type SalesforceClient } from './client.ts'

export const salesforce: Connector<SalesforceClient> = {
  service: 'salesforce',
  title: 'Salesforce',
  client: createSalesforceClient,
}
