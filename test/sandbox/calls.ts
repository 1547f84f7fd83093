import { BOT_TOKEN } from '../../src/sandbox/seed.ts'
import type { Sandbox } from '../../src/sandbox/start-sandbox.ts'

/** Answers are asserted on field by field. */
export type Answered = ReturnType<typeof JSON.parse>

/** Calls a method of the sandbox's Web API with JSON. */
export async function slack(sandbox: Sandbox, method: string, args: object = {}, token = BOT_TOKEN): Promise<Answered> {
  const response = await fetch(`${sandbox.slackApiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  })
  return response.json()
}

/** Calls the control API. */
export async function control(sandbox: Sandbox, path: string, body?: object, method = 'POST'): Promise<Answered> {
  const response = await fetch(`${sandbox.url}/sandbox/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  })
  return { http: response.status, ...(await json(response)) }
}

async function json(response: Response): Promise<object> {
  const body: unknown = await response.json()
  return Array.isArray(body) ? { list: body } : Object(body)
}
