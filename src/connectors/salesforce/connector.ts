import type { Connector } from '../../domain/operation.ts'
import { createSalesforceClient, type SalesforceClient } from './client.ts'
import { limitsGet } from './probe.ts'

export const salesforce: Connector<SalesforceClient> = {
  service: 'salesforce',
  title: 'Salesforce',
  probe: limitsGet,
  client: createSalesforceClient,
}
