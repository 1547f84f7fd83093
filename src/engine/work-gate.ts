export interface WorkLimits {
  /** Attempts of one kind that are carried out at a time. */
  atOnce: number
  /** So many wait here in memory before runs that begin wait on disk instead. */
  waiting: number
}

/** As measured: more at once makes nothing quicker, and takes memory. */
const LIMITS: WorkLimits = { atOnce: 24, waiting: 2_500 }

/** Attempts that sleep between tries beside these, at most. */
const MOST_ASLEEP = 1_000

/** What waits for its turn: little more than its ids. */
interface Waiting {
  id: string
  /** What it needs a turn for: the services of its step. One that hangs keeps nobody else waiting. */
  kind: string
  /** Its run has begun already: it goes before runs that only begin. */
  goesOn: boolean
  begin(): void
  /** It was withdrawn before it began. */
  withdrawn(): void
}

export interface WorkGate {
  /** Begins now, or when it is its turn. */
  enter(work: Waiting): void
  /** It waits until it tries again: another one may begin meanwhile, unless very many wait so already. */
  sleep(id: string): void
  /** It is over. */
  leave(id: string): void
  /** It is not wanted any more: does not begin, if it has not yet. */
  withdraw(id: string): void
  /** Whether it waits. */
  holds(id: string): boolean
  /** Nothing that waits begins any more. */
  close(): void
  isFull(): boolean
}

/** Bounds what is carried out at a time: beyond what keeps the machine busy, more at once only takes memory. */
export function createWorkGate(onRoom: () => void, limits = LIMITS): WorkGate {
  const kindOf = new Map<string, string>()
  const busy = new Map<string, number>()
  const lines = new Map<string, [goingOn: Set<Waiting>, beginning: Set<Waiting>]>()
  const waiting = new Map<string, Waiting>()
  const asleep = new Set<string>()
  let closed = false

  const count = (kind: string, by: 1 | -1): void => {
    const now = (busy.get(kind) ?? 0) + by
    if (now === 0) busy.delete(kind)
    else busy.set(kind, now)
  }

  const begin = ({ id, kind, begin: carryOut }: Waiting): void => {
    kindOf.set(id, kind)
    count(kind, 1)
    carryOut()
  }

  const remove = (work: Waiting): void => {
    waiting.delete(work.id)
    const line = lines.get(work.kind)
    if (!line) return
    line[work.goesOn ? 0 : 1].delete(work)
    if (line[0].size + line[1].size === 0) lines.delete(work.kind)
    if (waiting.size === limits.waiting - 1) onRoom()
  }

  const beginNext = (kind: string): void => {
    const line = lines.get(kind)
    const next = line && (first(line[0]) ?? first(line[1]))
    if (!next || closed) return
    remove(next)
    begin(next)
  }

  const leave = (id: string): void => {
    asleep.delete(id)
    const kind = kindOf.get(id)
    if (kind === undefined) return
    kindOf.delete(id)
    count(kind, -1)
    beginNext(kind)
  }

  return {
    enter(work) {
      if (closed) return
      if ((busy.get(work.kind) ?? 0) < limits.atOnce) {
        begin(work)
        return
      }
      const line = lines.get(work.kind) ?? [new Set(), new Set()]
      lines.set(work.kind, line)
      line[work.goesOn ? 0 : 1].add(work)
      waiting.set(work.id, work)
    },
    sleep(id) {
      if (asleep.has(id) || asleep.size >= MOST_ASLEEP) return
      leave(id)
      asleep.add(id)
    },
    leave,
    withdraw(id) {
      const work = waiting.get(id)
      if (!work) return
      remove(work)
      work.withdrawn()
    },
    holds: (id) => waiting.has(id),
    close() {
      closed = true
    },
    isFull: () => waiting.size >= limits.waiting,
  }
}

const first = (line: Set<Waiting>): Waiting | undefined => line.values().next().value
