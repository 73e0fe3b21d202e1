import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../kernel/actor.js';
import { PathId } from '../../platform/index.js';
import { Allow, CurrentActor } from '../route-rules.js';
import { Accounts } from './accounts.service.js';
import { CreatePersonDto, GrantDto, PeopleQuery } from './people.dto.js';
import { People } from './people.service.js';
import { IssuedPasswordView, PersonView } from './person.view.js';
import type { NewGrant } from './place-scope.js';
import { RoleGrants } from './role-grants.service.js';

/** The staff, as their admins see and manage them, each within his own scope. */
@ApiTags('identity')
@Controller('api/people')
export class PeopleController {
  constructor(
    private readonly people: People,
    private readonly accounts: Accounts,
    private readonly roleGrants: RoleGrants,
  ) {}

  @Allow('admin')
  @ApiOkResponse({ type: [PersonView] })
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() query: PeopleQuery): Promise<PersonView[]> {
    const people = await this.people.list(actor, {
      login: query.login ?? null,
      communityId: query.communityId ?? null,
      after: query.after ?? null,
      limit: query.limit,
    });
    return people.map((person) => new PersonView(person));
  }

  /** Makes an account, with its roles if they are known already. The one-time password is shown here and never again. */
  @Allow('admin')
  @ApiCreatedResponse({ type: IssuedPasswordView })
  @Post()
  async create(@CurrentActor() actor: Actor, @Body() body: CreatePersonDto): Promise<IssuedPasswordView> {
    const { login, displayName, grants } = body;
    return new IssuedPasswordView(
      await this.people.register(actor, { login, displayName, grants: grants.map(grantOf) }),
    );
  }

  /** No sign-in from now on; every session ends at once. */
  @Allow('admin')
  @HttpCode(200)
  @ApiOkResponse({ type: PersonView })
  @Post(':personId/disable')
  async disable(@CurrentActor() actor: Actor, @Param('personId', PathId) personId: string): Promise<PersonView> {
    return new PersonView(await this.accounts.disable(actor, personId));
  }

  @Allow('admin')
  @HttpCode(200)
  @ApiOkResponse({ type: PersonView })
  @Post(':personId/enable')
  async enable(@CurrentActor() actor: Actor, @Param('personId', PathId) personId: string): Promise<PersonView> {
    return new PersonView(await this.accounts.enable(actor, personId));
  }

  /** Signs the person out everywhere. */
  @Allow('admin')
  @HttpCode(200)
  @ApiOkResponse({ type: PersonView })
  @Post(':personId/sign-out')
  async endSessions(@CurrentActor() actor: Actor, @Param('personId', PathId) personId: string): Promise<PersonView> {
    return new PersonView(await this.accounts.endSessions(actor, personId));
  }

  /** A new one-time password; the old one and every session end at once. */
  @Allow('admin')
  @HttpCode(200)
  @ApiOkResponse({ type: IssuedPasswordView })
  @Post(':personId/password-reset')
  async resetPassword(
    @CurrentActor() actor: Actor,
    @Param('personId', PathId) personId: string,
  ): Promise<IssuedPasswordView> {
    return new IssuedPasswordView(await this.accounts.resetPassword(actor, personId));
  }

  /** Gives a role in a place; the person signs in anew. */
  @Allow('admin')
  @ApiCreatedResponse({ type: PersonView })
  @Post(':personId/grants')
  async grant(
    @CurrentActor() actor: Actor,
    @Param('personId', PathId) personId: string,
    @Body() body: GrantDto,
  ): Promise<PersonView> {
    return new PersonView(await this.roleGrants.grant(actor, personId, grantOf(body)));
  }

  @Allow('admin')
  @ApiOkResponse({ type: PersonView })
  @Delete(':personId/grants/:grantId')
  async revoke(
    @CurrentActor() actor: Actor,
    @Param('personId', PathId) personId: string,
    @Param('grantId', PathId) grantId: string,
  ): Promise<PersonView> {
    return new PersonView(await this.roleGrants.revoke(actor, personId, grantId));
  }
}

function grantOf(dto: GrantDto): NewGrant {
  return {
    role: dto.role,
    regionId: dto.regionId ?? null,
    communityId: dto.communityId ?? null,
    siteId: dto.siteId ?? null,
  };
}
