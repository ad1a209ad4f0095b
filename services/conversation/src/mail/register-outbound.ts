import type { InputOf, OutputOf, RegisterOutbound as RegisterRequest } from '@conversations/contracts';
import { UserError } from '@conversations/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { normaliseAddress } from '../contact/match-contact';
import { idHash } from './message-id';

class InvalidAddress extends UserError {
  constructor(index: number) {
    super('INVALID_INPUT', 'This is no address.', { path: ['input', 'mails', String(index), 'address'] });
  }
}

/** Campaign and automation mails that other systems sent: an answer then shows what it answers. Makes no contact. */
@Injectable()
export class RegisterOutbound {
  constructor(private readonly dataSource: DataSource) {}

  async run({ mails }: InputOf<typeof RegisterRequest>): Promise<OutputOf<typeof RegisterRequest>> {
    const addresses = mails.map(({ address }, index) => {
      const normalised = normaliseAddress(address);
      if (normalised === null) throw new InvalidAddress(index);
      return normalised;
    });
    await this.dataSource.query(
      `INSERT INTO registered_mail (id_hash, address, subject, sent_at)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
       ON CONFLICT (id_hash, address) DO NOTHING`,
      [
        mails.map(({ rfcMessageId }) => idHash(rfcMessageId)),
        addresses,
        mails.map(({ subject }) => subject),
        mails.map(({ sentAt }) => sentAt),
      ],
    );
    return { registered: mails.length };
  }
}
