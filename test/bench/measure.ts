import { performance } from 'node:perf_hooks'

/** A figure beside its limit. */
export interface Figure {
  what: string
  value: number
  unit: string
  /** The value may be at most, or must be at least, this; null when there is nothing to reach. */
  limit: { most: number } | { least: number } | null
  note?: string
}

/** The value below which `share` of the sorted values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

/** Does `total` pieces of work, `width` of them at once. */
export async function atOnce(total: number, width: number, work: (number: number) => Promise<unknown>): Promise<void> {
  let next = 0
  const one = async (): Promise<void> => {
    while (next < total) await work(next++)
  }
  await Promise.all(Array.from({ length: width }, one))
}

/** Milliseconds of CPU that this process takes for some work. */
export async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
