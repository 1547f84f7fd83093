/** Subject and text of a message as it travelled, decoded. */
export function readMessage(lines: readonly string[]): { subject: string; text: string } {
  const end = lines.indexOf('')
  const headers = lines
    .slice(0, end)
    .join('\n')
    .replace(/\n[ \t]+/g, ' ')
  const body = lines.slice(end + 1).join('\n')
  const subject = /^Subject: (.*)$/im.exec(headers)?.[1] ?? ''
  return { subject: decodeWords(subject), text: decodeBody(headers, body) }
}

function decodeBody(headers: string, body: string): string {
  if (/^Content-Transfer-Encoding: quoted-printable/im.test(headers)) return unquoted(body.replace(/=\n/g, ''))
  if (/^Content-Transfer-Encoding: base64/im.test(headers)) return Buffer.from(body, 'base64').toString('utf8')
  return body
}

const unquoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

const decodeWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?(q|b)\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString('utf8') : unquoted(word.replaceAll('_', ' ')),
    )
