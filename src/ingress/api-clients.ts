import { createHash, timingSafeEqual } from 'node:crypto'

export interface ApiClient {
  name: string
  token: string
}

/** Whose token a request bears; null when it is nobody's. Takes equally long whatever is sent. */
export function clientOf(clients: readonly ApiClient[], authorization: string | undefined): string | null {
  const given = digest(/^Bearer ([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1] ?? '')
  let found: string | null = null
  for (const { name, token } of clients) if (timingSafeEqual(digest(token), given)) found = name
  return found
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
