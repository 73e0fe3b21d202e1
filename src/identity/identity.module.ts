import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import './identity.problems.js';
import { AccessGuard } from './access.guard.js';
import { CurrentSession } from './current-session.service.js';
import { ConsoleGateway, MessageGateway } from './guessing/message-gateway.js';
import { OneTimeCodes } from './guessing/one-time-codes.js';
import { SignInThrottle } from './guessing/sign-in-throttle.js';
import { Passwords } from './passwords/passwords.js';
import { Accounts } from './people/accounts.service.js';
import { PeopleController } from './people/people.controller.js';
import { People } from './people/people.service.js';
import { PersonDecisions } from './people/person-decisions.js';
import { PersonRepository } from './people/person.repository.js';
import { Reach } from './people/reach.js';
import { RoleGrantRepository } from './people/role-grant.repository.js';
import { RoleGrants } from './people/role-grants.service.js';
import { StaffHouseholdRepository } from './people/staff-household.repository.js';
import { StaffHouseholdsController } from './people/staff-households.controller.js';
import { StaffHouseholds } from './people/staff-households.service.js';
import { RouteRulesCheck } from './route-rules.check.js';
import { SessionController } from './session.controller.js';
import { SessionRepository } from './session.repository.js';
import { Sessions } from './sessions.service.js';
import { SignInTrail } from './sign-in-trail.js';
import { StaffSignIn } from './staff-sign-in.service.js';

@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [SessionController, PeopleController, StaffHouseholdsController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: MessageGateway, useClass: ConsoleGateway },
    Accounts,
    CurrentSession,
    OneTimeCodes,
    Passwords,
    People,
    PersonDecisions,
    PersonRepository,
    Reach,
    RoleGrantRepository,
    RoleGrants,
    RouteRulesCheck,
    SessionRepository,
    Sessions,
    SignInThrottle,
    SignInTrail,
    StaffHouseholdRepository,
    StaffHouseholds,
    StaffSignIn,
  ],
  exports: [Sessions, Passwords, SignInThrottle, OneTimeCodes, People, Reach, StaffHouseholds],
})
export class IdentityModule {}
