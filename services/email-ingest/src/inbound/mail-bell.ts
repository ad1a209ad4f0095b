import { Bell } from '@conversations/persistence';
import { Injectable } from '@nestjs/common';

/** Wakes whoever works on accepted mails as soon as one is there. */
@Injectable()
export class MailBell extends Bell {}
