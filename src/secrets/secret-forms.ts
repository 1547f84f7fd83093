/** Shorter values occur by chance in what is not secret: they are not looked for. */
export const SHORTEST_SECRET = 8
const SHORTEST_LINE = 32

/** The ways in which a secret may stand in a text: as it is, URL-encoded, JSON-escaped, in base64 at any offset. */
export function formsOf(secret: string): string[] {
  if (secret.length < SHORTEST_SECRET) return []
  // Of a key in several lines, each line is secret too; the short ones are its frame.
  const lines = secret.includes('\n') ? secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE) : []
  const forms = [secret, ...lines].flatMap((value) => [
    value,
    ...escaped(value),
    ...urlEncoded(value),
    ...base64(value),
  ])
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_SECRET)
}

function escaped(value: string): string[] {
  const once = JSON.stringify(value).slice(1, -1)
  return [once, JSON.stringify(once).slice(1, -1)]
}

function urlEncoded(value: string): string[] {
  const strict = encodeURIComponent(value.toWellFormed())
  const form = new URLSearchParams({ v: value }).toString().slice(2)
  return [strict, form].flatMap((text) => [text, text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())])
}

/** Base64 of a longer text (`user:secret`) shows the secret in one of three ways; its edges belong to the neighbours. */
function base64(value: string): string[] {
  const bytes = Buffer.from(value)
  const inner = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64url')
    const whole = Math.floor(((offset + bytes.length) * 8) / 6)
    return text.slice(Math.ceil((offset * 8) / 6), whole)
  })
  return inner.flatMap((text) => [text, text.replaceAll('-', '+').replaceAll('_', '/')])
}
