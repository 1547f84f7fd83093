import type { Look } from '../domain/operation.ts'

export interface FetchedToken {
  token: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** A token that is fetched when it is needed and kept until shortly before it ends. */
export interface CachedToken {
  get: (look: Look) => Promise<string>
  forget: () => void
  /** The token at hand and the one before, for the redaction. */
  secrets: () => readonly string[]
}

const MARGIN_MS = 60_000

/** Keeps a token; callers that come while one is being fetched wait for that one. */
export function createCachedToken(now: () => number, fetchToken: (look: Look) => Promise<FetchedToken>): CachedToken {
  let held: FetchedToken | null = null
  let fetching: Promise<FetchedToken> | null = null
  const seen: string[] = []

  const keep = (fetched: FetchedToken): FetchedToken => {
    held = fetched
    if (seen[0] !== fetched.token) seen.unshift(fetched.token)
    seen.length = Math.min(seen.length, 2)
    return fetched
  }
  return {
    async get(look) {
      if (held && now() < held.expiresAt - MARGIN_MS) return held.token
      fetching ??= fetchToken(look)
        .then(keep)
        .finally(() => {
          fetching = null
        })
      return (await fetching).token
    },
    forget() {
      held = null
    },
    secrets: () => seen,
  }
}
