import { PermanentFailure } from '../domain/errors.ts'
import type { Endpoint, HttpRequest } from '../domain/operation.ts'

/** Where a request goes, and the same with its placeholders left standing, which is what the ledger's open part keeps. */
export interface Target {
  url: URL
  template: string
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Fills in the path and makes sure that the request leaves only to a host on the endpoint's list, and encrypted. */
export function targetOf(endpoint: Endpoint, request: HttpRequest): Target {
  const path = request.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = request.params?.[name]
    if (value === undefined || value === '') {
      throw refused(endpoint, 'missing-path-parameter', `The path ${request.path} has no value for {${name}}.`)
    }
    // These two would be taken for a way up the path.
    if (value === '.' || value === '..') {
      throw refused(endpoint, 'bad-path-parameter', `"${value}" is no value for {${name}} in ${request.path}.`)
    }
    return encodeURIComponent(value)
  })
  const url = new URL(request.url ?? `${endpoint.baseUrl}${path}`)
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  checkHost(endpoint, url)
  return { url, template: `${request.url ? url.origin : endpoint.baseUrl}${request.path}` }
}

function checkHost(endpoint: Endpoint, url: URL): void {
  if (!endpoint.allowedHosts.includes(url.host)) {
    throw refused(
      endpoint,
      'host-not-allowed',
      `${url.host} is not one of the hosts that ${endpoint.service} may be reached at.`,
    )
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.has(url.hostname))) {
    throw refused(endpoint, 'not-encrypted', `${url.origin} is not https.`)
  }
}

function refused(endpoint: Endpoint, code: string, message: string): PermanentFailure {
  return new PermanentFailure({
    code,
    message: `${message} Nothing was sent.`,
    hint: `Check the address configured for ${endpoint.service}.`,
  })
}
