import type { Connector } from '../../domain/operation.ts'
import { createGustoClient, type GustoClient } from './client.ts'
import { tokenInfo } from './probe.ts'

export const gusto: Connector<GustoClient> = {
  service: 'gusto',
  title: 'Gusto',
  probe: tokenInfo,
  client: createGustoClient,
}
