import { randomBytes, randomUUID } from 'node:crypto';

const STAFF = ['manager', 'collector', 'cashier', 'stock-keeper', 'supervisor'] as const;
const NEVER = 1_000_000_000;
const RECEIPTS = 5;
const PIECES_A_RECEIPT = 9000;

export const PRICE = 100;
export const PIECES = RECEIPTS * PIECES_A_RECEIPT;

/** A community that is open for business, and the tokens of those who post at its counters. */
export interface OpenShop {
  readonly communityId: number;
  /** `/api/communities/<id>` */
  readonly path: string;
  readonly dropOffPointId: string;
  readonly shopId: string;
  readonly households: readonly string[];
  readonly goods: readonly string[];
  readonly collector: string;
  readonly cashier: string;
}

/** One person at the API. */
class Caller {
  constructor(
    private readonly baseUrl: string,
    readonly token: string,
  ) {}

  async post<T>(path: string, body: object = {}): Promise<T> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': randomUUID(),
        ...(this.token === '' ? {} : { Authorization: `Bearer ${this.token}` }),
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}

/** Opens a community the way an administrator does who has just installed the program: through the API alone. */
export async function openShop(
  baseUrl: string,
  output: string,
  counts: { households: number; goods: number },
): Promise<OpenShop> {
  const printed = /administrator: (\S+) {2}一次性密码 \/ one-time password: (\S+)/.exec(output);
  if (printed === null) throw new Error(`no administrator was printed:\n${output}`);
  const admin = await enter(baseUrl, printed[1] ?? '', printed[2] ?? '');
  const county = await admin.post<{ regionId: string }>('/api/regions', { name: '浦江县' });
  const town = await admin.post<{ regionId: string }>('/api/regions', { name: '银塘镇', parentId: county.regionId });
  const { communityId } = await admin.post<{ communityId: number }>('/api/communities', {
    townId: town.regionId,
    name: '卸巷社区',
  });
  const path = `/api/communities/${communityId}`;
  const entered = await Promise.all(STAFF.map((role) => hire(baseUrl, admin, communityId, role)));
  const staff = Object.fromEntries(STAFF.map((role, at) => [role, entered[at]])) as Record<
    (typeof STAFF)[number],
    Caller
  >;
  const [dropOffPoint, shop] = [
    await staff.manager.post<{ siteId: string }>(`${path}/sites`, { kind: 'drop-off-point', name: '东门投放点' }),
    await staff.manager.post<{ siteId: string }>(`${path}/sites`, { kind: 'shop', name: '生态美超市' }),
  ];
  await putTariffInForce(path, staff.manager, staff.supervisor);
  const households: string[] = [];
  for (let door = 1; door <= counts.households; door += 1) {
    const { householdId } = await staff.manager.post<{ householdId: string }>(`${path}/households`, {
      door: `${door}号`,
      members: [{ name: '袁大明' }],
      consents: [{ purpose: 'scheme', version: '1', channel: 'paper' }],
    });
    households.push(householdId);
  }
  const goods: string[] = [];
  for (let at = 1; at <= counts.goods; at += 1) {
    goods.push(await stock(path, shop.siteId, staff['stock-keeper'], `肥皂 ${at}`));
  }
  return {
    communityId,
    path,
    dropOffPointId: dropOffPoint.siteId,
    shopId: shop.siteId,
    households,
    goods,
    collector: staff.collector.token,
    cashier: staff.cashier.token,
  };
}

/** Signs in with a one-time password and changes it. */
async function enter(baseUrl: string, login: string, oneTimePassword: string): Promise<Caller> {
  const first = await new Caller(baseUrl, '').post<{ token: string }>('/api/session', {
    login,
    password: oneTimePassword,
  });
  const changed = await new Caller(baseUrl, first.token).post<{ token: string }>('/api/session/password', {
    password: oneTimePassword,
    newPassword: `Crash-${randomBytes(12).toString('base64url')}1`,
  });
  return new Caller(baseUrl, changed.token);
}

async function hire(baseUrl: string, admin: Caller, communityId: number, role: string): Promise<Caller> {
  const login = `${role}.${randomBytes(3).toString('hex')}`;
  const { oneTimePassword } = await admin.post<{ oneTimePassword: string }>('/api/people', {
    login,
    displayName: role,
    grants: [{ role, communityId }],
  });
  return enter(baseUrl, login, oneTimePassword);
}

/** One point a kilogram of film, without a cap that anybody reaches. */
async function putTariffInForce(path: string, manager: Caller, supervisor: Caller): Promise<void> {
  await manager.post(`${path}/waste-items`, {
    code: 'film',
    nameZh: '塑料薄膜',
    nameEn: 'Plastic film',
    wasteClass: 'recyclable',
    subClass: 'plastic',
    unit: 'gram',
  });
  const { versionId } = await manager.post<{ versionId: string }>(`${path}/tariff-versions`, {
    name: '标准',
    document: {
      rules: [{ ruleId: 'film', itemCode: 'film', unit: 'gram', step: 1000, centipointsPerStep: 100 }],
      caps: [{ per: 'day', of: 'all', centipointsMax: NEVER }],
    },
  });
  const { approvalId } = await manager.post<{ approvalId: string }>(`${path}/tariff-versions/${versionId}/submission`, {
    effectiveFrom: null,
    reason: '启用',
  });
  await supervisor.post(`${path}/approvals/${approvalId}/approve`);
}

async function stock(path: string, shopId: string, keeper: Caller, name: string): Promise<string> {
  const { goodsId } = await keeper.post<{ goodsId: string }>(`${path}/goods`, {
    name,
    unit: '块',
    category: '洗护',
    isListed: true,
    priceCentipoints: PRICE,
  });
  for (let receipt = 1; receipt <= RECEIPTS; receipt += 1) {
    await keeper.post(`${path}/sites/${shopId}/receipts`, {
      origin: 'bought',
      supplier: '银塘镇供销社',
      lines: [{ goodsId, quantity: PIECES_A_RECEIPT, unitCostFen: 1 }],
    });
  }
  return goodsId;
}
