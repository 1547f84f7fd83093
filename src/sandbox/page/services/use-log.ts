import { useEffect, useState } from 'react'
import type { SandboxService } from '../../state.ts'
import { useControl } from '../live/use-control.ts'

export interface LogRow {
  id?: string | number
  at?: string | number
  method?: string
  path?: string
  status?: number | null
  fault?: string | { kind?: string } | null
  kind?: string
  key?: string
}

export interface Log {
  requests: LogRow[]
  effects: LogRow[]
}

/** The log of a service, read anew whenever its counters move; null until it has come. */
export function useLog(service: SandboxService): Log | null {
  const send = useControl()
  const [log, setLog] = useState<Log | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the counters say that there is more to read.
  useEffect(() => {
    let current = true
    void send(`services/${encodeURIComponent(service.name)}/log`, undefined, 'GET').then((answer) => {
      if (answer && current) setLog({ requests: rowsOf(answer.requests), effects: rowsOf(answer.effects) })
    })
    return () => {
      current = false
    }
  }, [send, service.name, service.requests, service.effects])
  return log
}

function rowsOf(value: unknown): LogRow[] {
  return Array.isArray(value) ? (value as LogRow[]) : []
}
