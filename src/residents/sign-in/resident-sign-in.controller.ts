import { Body, Controller, HttpCode, Ip, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiExtraModels, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Public, setSessionCookie } from '../../identity/index.js';
import type { AppReply } from '../../platform/index.js';
import { CardSignIn } from './card-sign-in.js';
import { PhoneSignIn } from './phone-sign-in.js';
import type { SignedInHousehold } from './resident-sessions.js';
import { CardSignInDto, PhoneCodeDto, PhoneSignInDto } from './resident-sign-in.dto.js';
import { HouseholdChoiceView, PhoneCodeView, ResidentSignedInView } from './resident-sign-in.view.js';

@ApiTags('residents')
@ApiExtraModels(ResidentSignedInView, HouseholdChoiceView)
@Controller('api/session')
export class ResidentSignInController {
  constructor(
    private readonly cardSignIn: CardSignIn,
    private readonly phoneSignIn: PhoneSignIn,
  ) {}

  /** With the number printed on a card and its PIN. */
  @Public()
  @ApiCreatedResponse({ type: ResidentSignedInView })
  @Post('card')
  async byCard(
    @Body() body: CardSignInDto,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: AppReply,
  ): Promise<ResidentSignedInView> {
    return opened(reply, await this.cardSignIn.signIn(body.number, body.pin, address));
  }

  /** Sends a code to a phone that is kept for a household; answers the same for any other. */
  @Public()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: PhoneCodeView })
  @Post('phone-code')
  async sendCode(@Body() body: PhoneCodeDto): Promise<PhoneCodeView> {
    return new PhoneCodeView(await this.phoneSignIn.sendCode(body.phone));
  }

  /** With the code. A phone of several households is asked which one; the ticket then stands for the code. */
  @Public()
  @ApiCreatedResponse({
    schema: { oneOf: [{ $ref: getSchemaPath(ResidentSignedInView) }, { $ref: getSchemaPath(HouseholdChoiceView) }] },
  })
  @Post('phone')
  async byPhone(
    @Body() body: PhoneSignInDto,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: AppReply,
  ): Promise<ResidentSignedInView | HouseholdChoiceView> {
    const { phone, code, ticket } = body;
    const outcome = await this.phoneSignIn.signIn(
      phone,
      { code, ticket },
      body.householdId?.toLowerCase() ?? null,
      address,
    );
    return 'ticket' in outcome ? new HouseholdChoiceView(outcome) : opened(reply, outcome);
  }
}

function opened(reply: AppReply, signedIn: SignedInHousehold): ResidentSignedInView {
  setSessionCookie(reply, signedIn.session.token, signedIn.session.absoluteSeconds);
  return new ResidentSignedInView(signedIn);
}
