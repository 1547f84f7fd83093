import { useCallback } from 'react'
import { useToast } from './toasts.tsx'

type Answer = Record<string, unknown>
export type Send = (path: string, body?: object, method?: 'POST' | 'DELETE' | 'GET') => Promise<Answer | null>

/** Calls the sandbox's control API under `/sandbox/`; what goes wrong is shown as a notice and answered with null. */
export function useControl(): Send {
  const toast = useToast()
  return useCallback(
    async (path, body, method = 'POST') => {
      const outcome = await request(path, body, method)
      if (outcome.ok) return outcome.answer
      toast({ tone: 'error', text: outcome.text, hint: outcome.hint })
      return null
    },
    [toast],
  )
}

type Outcome = { ok: true; answer: Answer } | { ok: false; text: string; hint: string | undefined }

async function request(path: string, body: object | undefined, method: string): Promise<Outcome> {
  let response: Response
  try {
    response = await fetch(`/sandbox/${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    })
  } catch {
    return { ok: false, text: 'The sandbox does not answer', hint: 'Is it still running in its terminal?' }
  }
  const answer = await readJson(response)
  // The errors of a form stand at its fields.
  if (typeof answer.errors === 'object' && answer.errors !== null) return { ok: true, answer }
  if (!response.ok) {
    const text = inWords(answer.error) ?? `The sandbox answered ${response.status}`
    return { ok: false, text, hint: textOf(answer.hint) }
  }
  const failure = failureOfPurser(answer)
  return failure ? { ok: false, ...failure } : { ok: true, answer }
}

/** What the control API reports about Purser's own answer: not reached, too late, or refused. */
function failureOfPurser(answer: Answer): { text: string; hint: string | undefined } | null {
  const error = inWords(answer.error)
  if (error !== undefined) return { text: error, hint: textOf(answer.hint) ?? hintOf(answer) }
  if (answer.status === null || answer.status === 0) {
    return { text: 'Purser did not answer', hint: hintOf(answer) }
  }
  if (typeof answer.status === 'number' && answer.status >= 400) {
    return { text: `Purser answered ${answer.status}`, hint: textOf(answer.body)?.slice(0, 200) }
  }
  return null
}

function hintOf(answer: Answer): string | undefined {
  return answer.status === null ? 'See in the Services panel whether its process runs.' : undefined
}

/** An error's code as words: `not_in_channel` reads "Not in channel". */
function inWords(error: unknown): string | undefined {
  const words = textOf(error)?.replaceAll('_', ' ')
  return words && words.charAt(0).toUpperCase() + words.slice(1)
}

async function readJson(response: Response): Promise<Answer> {
  try {
    const value: unknown = await response.json()
    return typeof value === 'object' && value !== null ? (value as Answer) : {}
  } catch {
    return {}
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
