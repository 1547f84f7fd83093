import type { Connector } from '../../domain/operation.ts'
import { createGustoClient, type GustoClient } from './client.ts'

export const gusto: Connector<GustoClient> = { service: 'gusto', title: 'Gusto', client: createGustoClient }
