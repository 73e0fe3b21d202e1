import { Platform1763769600001 } from './0001-platform.js';
import { Places1763769600002 } from './0002-places.js';
import { Identity1763769600003 } from './0003-identity.js';
import { AuditAndApprovals1763769600004 } from './0004-audit-and-approvals.js';
import { Ledger1763769600005 } from './0005-ledger.js';
import { Residents1763769600006 } from './0006-residents.js';
import { Tariff1763769600007 } from './0007-tariff.js';
import { WeighIns1763769600008 } from './0008-weigh-ins.js';
import { Goods1763769600009 } from './0009-goods.js';
import { Redemptions1763769600010 } from './0010-redemptions.js';
import { CardCodes1763769600011 } from './0011-card-codes.js';
import { Questions1763769600012 } from './0012-questions.js';
import { Tasks1763769600013 } from './0013-tasks.js';
import { DisplayTokens1763769600014 } from './0014-display-tokens.js';
import { ScaleProfile1763769600015 } from './0015-scale-profile.js';

/** Every migration, oldest first. A released migration is never edited: the next change is a new file. */
export const MIGRATIONS = [
  Platform1763769600001,
  Places1763769600002,
  Identity1763769600003,
  AuditAndApprovals1763769600004,
  Ledger1763769600005,
  Residents1763769600006,
  Tariff1763769600007,
  WeighIns1763769600008,
  Goods1763769600009,
  Redemptions1763769600010,
  CardCodes1763769600011,
  Questions1763769600012,
  Tasks1763769600013,
  DisplayTokens1763769600014,
  ScaleProfile1763769600015,
];
