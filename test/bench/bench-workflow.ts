import { z } from 'zod'
import type { BoundCall, Connector, Endpoint, ReadOperation, UpsertOperation } from '../../src/domain/operation.ts'
import { optional, workflow } from '../../src/engine/define-workflow.ts'

const Thing = z.looseObject({ id: z.string() })
type Thing = z.infer<typeof Thing>
interface Wanted {
  key: string
  name: string
}

interface Vendor {
  service: string
  connector: Connector<{ put(wanted: Wanted): Promise<Thing> }>
  endpoint: Endpoint
}

function vendorOf(number: number, baseUrl: string): Vendor {
  const service = `vendor${number}`
  const put: UpsertOperation<Wanted, Thing> = {
    service,
    class: 'U',
    name: 'thing.put',
    title: 'put the thing',
    request: ({ key, name }) => ({
      method: 'PUT',
      path: '/things/{key}',
      params: { key },
      body: { name, key, team: 'Platform', role: 'engineer', note: 'as much as a request for an account holds' },
    }),
    answer: Thing,
  }
  const probe: ReadOperation<Record<string, never>, Thing> = {
    service,
    class: 'R',
    name: 'thing.get',
    title: 'look whether the vendor answers',
    request: () => ({ method: 'GET', path: '/things' }),
    answer: Thing,
  }
  const client = (call: BoundCall) => ({ put: (wanted: Wanted) => call(put, wanted) })
  return {
    service,
    connector: { service, title: `Vendor ${number}`, probe, client },
    endpoint: {
      service,
      title: `Vendor ${number}`,
      baseUrl,
      allowedHosts: [new URL(baseUrl).host],
      lane: { concurrency: 40, perInterval: 1_000_000, intervalMs: 10_000 },
      settings: {},
      async authorize({ headers }) {
        headers.authorization = `Bearer sandbox-token-of-${service}`
      },
      secrets: () => [`sandbox-token-of-${service}`],
    },
  }
}

/** The graph of an onboarding: five services side by side, one call each, then a sixth that takes all their results. */
export function benchWorkflow(vendorsUrl: string) {
  const vendors = [1, 2, 3, 4, 5].map((number) => vendorOf(number, vendorsUrl))
  const definition = workflow(
    {
      name: 'bench',
      version: 1,
      title: 'Bench',
      input: z.object({ email: z.email(), name: z.string() }),
      subject: ({ email, name }) => ({ key: email, label: name }),
    },
    ({ step }) => {
      const made = vendors.map(({ connector, service }) =>
        step(service, {
          title: service,
          uses: [connector],
          output: Thing,
          run: ({ input, use }) => use(connector).put({ key: input.email, name: input.name }),
        }),
      )
      const [first] = vendors
      if (!first) throw new Error('no vendor')
      step('merge', {
        title: 'Merge',
        needs: made.map(optional),
        uses: [first.connector],
        output: Thing,
        run: ({ input, use }) => use(first.connector).put({ key: `${input.email}-all`, name: input.name }),
      })
    },
  )
  return {
    definition,
    vendors,
    endpoints: vendors.map(({ endpoint }) => endpoint),
    services: vendors.map((v) => v.service),
  }
}
