import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPage } from '../../../src/sandbox/page/serve-page.ts'

const page = createPage()
const server = createServer((req, res) => {
  if (!page.handle(req, res)) res.writeHead(418).end()
})
let url = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

it('answers the document with a policy that lets in nothing from outside', async () => {
  const response = await fetch(`${url}/?account=ops`)
  const policy = response.headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  const html = await response.text()
  expect(html).toContain('<div id="root">')
  expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/)
})

it('bundles script and style sheet, and does not send them again to who has them', async () => {
  for (const [path, type] of [
    ['/assets/app.js', 'text/javascript'],
    ['/assets/app.css', 'text/css'],
  ]) {
    const first = await fetch(url + path)
    expect(first.status).toBe(200)
    expect(first.headers.get('content-type')).toContain(type)
    expect((await first.text()).length).toBeGreaterThan(5000)
    const again = await fetch(url + path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } })
    expect(again.status).toBe(304)
  }
})

it('leaves everything else to the server, and refuses other methods', async () => {
  expect((await fetch(`${url}/sandbox/state`)).status).toBe(418)
  expect((await fetch(`${url}/assets/other.js`)).status).toBe(404)
  expect((await fetch(`${url}/`, { method: 'POST' })).status).toBe(405)
})
