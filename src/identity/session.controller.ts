import { Body, Controller, Delete, Get, HttpCode, Ip, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../kernel/actor.js';
import type { AppReply } from '../platform/index.js';
import { CurrentSession } from './current-session.service.js';
import { CurrentActor, Public, SignedIn } from './route-rules.js';
import { clearSessionCookie, setSessionCookie } from './session-cookie.js';
import { ChangePasswordDto, SignInDto } from './session.dto.js';
import { SessionView, SignedInView } from './session.view.js';
import { type SignedInPerson, StaffSignIn } from './staff-sign-in.service.js';

@ApiTags('identity')
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly staffSignIn: StaffSignIn,
    private readonly current: CurrentSession,
  ) {}

  /** Signs a member of the staff in. */
  @Public()
  @ApiCreatedResponse({ type: SignedInView })
  @Post()
  async signIn(
    @Body() body: SignInDto,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: AppReply,
  ): Promise<SignedInView> {
    return opened(reply, await this.staffSignIn.signIn(body.login, body.password, address));
  }

  /** Who is signed in. */
  @SignedIn()
  @ApiOkResponse({ type: SessionView })
  @Get()
  async whoAmI(@CurrentActor() actor: Actor): Promise<SessionView> {
    const { person, places } = await this.current.whoIs(actor);
    return new SessionView(actor, person, places);
  }

  /** Signs out: this session ends, others of the same person go on. */
  @SignedIn()
  @HttpCode(204)
  @ApiNoContentResponse()
  @Delete()
  async signOut(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: AppReply): Promise<void> {
    await this.current.signOut(actor);
    clearSessionCookie(reply);
  }

  /** Changes the password. All other sessions end; this one goes on under a new token. */
  @SignedIn()
  @ApiCreatedResponse({ type: SignedInView })
  @Post('password')
  async changePassword(
    @CurrentActor() actor: Actor,
    @Body() body: ChangePasswordDto,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: AppReply,
  ): Promise<SignedInView> {
    return opened(reply, await this.staffSignIn.changePassword(actor, body.password, body.newPassword, address));
  }
}

function opened(reply: AppReply, signedIn: SignedInPerson): SignedInView {
  setSessionCookie(reply, signedIn.session.token, signedIn.session.absoluteSeconds);
  return new SignedInView(signedIn);
}
