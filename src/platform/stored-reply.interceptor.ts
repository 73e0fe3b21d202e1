import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { StoredReply } from './commands.js';
import type { AppReply } from './http.js';

/** Sends a kept reply as the text it is, so that a repetition is the same byte for byte (I-6). */
@Injectable()
export class StoredReplyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((value: unknown) => {
        if (!(value instanceof StoredReply)) return value;
        void context.switchToHttp().getResponse<AppReply>().header('Content-Type', 'application/json; charset=utf-8');
        return value.text;
      }),
    );
  }
}
