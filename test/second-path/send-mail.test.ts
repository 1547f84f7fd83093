import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { RetryLater } from '../../src/domain/errors.ts'
import { startSmtpSink } from '../../src/sandbox/mail/smtp-sink.ts'
import { createMailSender, greetMailServer } from '../../src/second-path/send-mail.ts'
import { isMailSocket, watchSockets } from '../support/watch-sockets.ts'

const MAIL = {
  subject: 'Purser: Jane Doe’s onboarding stopped',
  text: 'Größe ≠ Länge\n.a line with a dot\n',
  key: 'purser/1',
}

describe('a mail', () => {
  it('reaches the server as it was written', async () => {
    await using sink = await startSmtpSink()
    const settings = { url: sink.url, to: ['ops@acme.example', 'boss@acme.example'], from: 'purser@acme.example' }
    await greetMailServer(settings)
    const { response } = await createMailSender(settings)(MAIL)
    expect(response).toContain('250')
    expect(sink.mails).toMatchObject([
      {
        from: 'purser@acme.example',
        to: settings.to,
        subject: MAIL.subject,
        text: expect.stringContaining('Größe ≠ Länge'),
      },
    ])
    expect(sink.mails[0]?.text).toContain('\n.a line with a dot')
  })

  it('that the server refuses, or for which there is no server, is an error with a way out', async () => {
    const settings = { url: '', to: ['ops@acme.example'], from: 'purser@acme.example' }
    {
      await using sink = await startSmtpSink()
      settings.url = sink.url
      sink.refusing = true
      await expect(createMailSender(settings)(MAIL)).rejects.toThrow(/451 not now/)
      expect(sink.refused).toBe(1)
    }
    await expect(createMailSender(settings)(MAIL)).rejects.toBeInstanceOf(RetryLater)
    await expect(greetMailServer(settings)).rejects.toMatchObject({ hint: expect.stringContaining('SMTP_URL') })
  })

  it('goes through the one listed socket of mail; a planted socket beside it is caught', async () => {
    await using sink = await startSmtpSink()
    using sockets = watchSockets(isMailSocket)
    await createMailSender({ url: sink.url, to: ['ops@acme.example'], from: 'purser@acme.example' })(MAIL)
    expect(sink.mails).toHaveLength(1)
    expect(sockets.strays).toEqual([])
    expect(sockets.listed()).toBe(1)
    const planted = connect(sink.port, '127.0.0.1')
    planted.on('error', () => undefined)
    expect(sockets.strays).toHaveLength(1)
    planted.destroy()
  })
})
