import { Injectable } from '@nestjs/common';
import { Log } from '../../platform/index.js';

/** Sends a short text to a phone. An installation brings its own provider of text messages by overriding this. */
export abstract class MessageGateway {
  /**
   * @param phone as the resident typed it, normalised to E.164
   * @throws Error when the provider did not take the message
   */
  abstract send(phone: string, text: string): Promise<void>;
}

/**
 * For development: shows the message where the developer looks. In production nothing is printed but that there is no
 * gateway, for neither a phone number nor a code may get into a log (S-22).
 */
@Injectable()
export class ConsoleGateway extends MessageGateway {
  constructor(private readonly log: Log) {
    super();
  }

  override async send(phone: string, text: string): Promise<void> {
    if (process.env['NODE_ENV'] === 'production') {
      this.log.warn('a text message was dropped: no message gateway is set up', ConsoleGateway.name);
    } else {
      process.stdout.write(`[message to ${phone}] ${text}\n`);
    }
  }
}
