import { createTransport } from 'nodemailer'
import { RetryLater } from '../domain/errors.ts'

export interface MailSettings {
  /** `smtps://user:password@mail.acme.example:465` */
  url: string
  to: readonly string[]
  from: string
}

export interface Mail {
  subject: string
  text: string
  /** Tells it from all others; the same again is recognized by mail programs. */
  key: string
  /** The key of the mail that it answers. */
  answers?: string
}

/** Hands one message to the mail server. Throws RetryLater. */
export type SendMail = (mail: Mail) => Promise<{ response: string }>

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])
const TIMES = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000, dnsTimeout: 10_000 }

const connect = ({ url }: MailSettings) =>
  // Encrypted, or within this machine: then as the server offers it.
  createTransport({ url, ...TIMES, requireTLS: url.startsWith('smtp:') && !LOOPBACK.has(new URL(url).hostname) })

const idOf = (key: string): string => `<${key.replace(/[^\w.-]+/g, '.')}@purser.invalid>`

/** A connection for each message: the path is used too seldom to keep one. */
export function createMailSender(settings: MailSettings): SendMail {
  return async ({ subject, text, key, answers }) => {
    const transport = connect(settings)
    try {
      const sent = await transport.sendMail({
        from: settings.from,
        to: [...settings.to],
        subject,
        text,
        messageId: idOf(key),
        ...(answers === undefined ? {} : { inReplyTo: idOf(answers), references: idOf(answers) }),
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
      return { response: String(sent.response) }
    } catch (error) {
      throw notTaken(error)
    } finally {
      transport.close()
    }
  }
}

/** Whether the mail server is there and takes our credentials; throws RetryLater with what it said. */
export async function greetMailServer(settings: MailSettings): Promise<void> {
  const transport = connect(settings)
  try {
    await transport.verify()
  } catch (error) {
    throw notTaken(error)
  } finally {
    transport.close()
  }
}

/** Whatever the reason, the next minute may be better: an alert is never given up. */
function notTaken(cause: unknown): RetryLater {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'ESMTP'
  const said = cause instanceof Error ? cause.message : String(cause)
  return new RetryLater({
    code: `mail-${code.toLowerCase()}`,
    message: `The mail server did not take the message: ${said}`,
    hint: 'Check SMTP_URL, ALERT_EMAIL_TO and ALERT_EMAIL_FROM: purser doctor tries them.',
    cause,
  })
}
