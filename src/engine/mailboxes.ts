/** What lies in a mailbox until it is opened. */
export interface Letter<Content, Answer> {
  content: Content
  answer(answer: Answer): void
  fail(error: unknown): void
}

export interface Mailboxes<Content, Answer> {
  /** Puts something into a mailbox; what comes of it is the answer. */
  put(box: string, content: Content): Promise<Answer>
  /** Does something else behind all that is in the mailbox. */
  inTurn<T>(box: string, work: () => Promise<T>): Promise<T>
  /** Resolves when no mailbox holds anything. */
  idle(): Promise<void>
}

interface Options<Content, Answer> {
  /** Answers each letter, or lets it fail; what comes meanwhile waits. */
  open(box: string, letters: readonly Letter<Content, Answer>[]): Promise<void>
  onEmpty(box: string): void
}

/**
 * One queue for each box. Letters that wait together, or come in one turn of the event loop, are opened together: five
 * answers that come at once are one change of their run.
 */
export function createMailboxes<Content, Answer>(options: Options<Content, Answer>): Mailboxes<Content, Answer> {
  const last = new Map<string, Promise<void>>()
  /** Letters that nobody has begun to open, and behind which nothing else waits. */
  const piles = new Map<string, Letter<Content, Answer>[]>()

  const inTurn = <T>(box: string, work: () => Promise<T>): Promise<T> => {
    piles.delete(box)
    const mine = (last.get(box) ?? Promise.resolve()).then(work)
    const leave = (): void => {
      if (last.get(box) !== left) return
      last.delete(box)
      options.onEmpty(box)
    }
    const left: Promise<void> = mine.then(leave, leave)
    last.set(box, left)
    return mine
  }

  const pileOf = (box: string): Letter<Content, Answer>[] => {
    const open = piles.get(box)
    if (open) return open
    const pile: Letter<Content, Answer>[] = []
    void inTurn(box, async () => {
      await new Promise((resolve) => setImmediate(resolve))
      if (piles.get(box) === pile) piles.delete(box)
      await options.open(box, pile)
    })
    piles.set(box, pile)
    return pile
  }

  return {
    inTurn,
    put: (box, content) =>
      new Promise((answer, fail) => {
        pileOf(box).push({ content, answer, fail })
      }),
    async idle() {
      while (last.size > 0) await Promise.all(last.values())
    },
  }
}
