import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Actor, holdsForAll, type Role } from '../../kernel/actor.js';
import { chinaDay } from '../../kernel/calendar-day.js';
import {
  type Command,
  CsvFile,
  type FieldFault,
  FieldFaultsError,
  RateLimits,
  type TableFile,
  XlsxFile,
} from '../../platform/index.js';
import { maskMemberName, PhoneSeals } from '../../residents/index.js';
import { type TaskOutcome, type TaskRow, type TaskRun, Tasks, TaskTooLargeError } from '../../tasks/index.js';
import { withoutPersonalNumbers } from '../audit-trail/audit-detail.rules.js';
import { requireSpan } from '../day-span.js';
import { ReportAuthority } from '../report-authority.js';
import { type AnyExportList, chinaTime, EXPORT_FILTERS, type Shown } from './export-list.js';
import { EXPORT_LISTS } from './export-lists.js';
import type { ExportDto } from './exports.dto.js';
import { ExportsRepository } from './exports.repository.js';

const EXPORT = 'reports.export';
const ROWS_MAX = 100_000;
const ROWS_A_PAGE = 500;

/** Who may see whole names and phone numbers, with a reason. */
const UNMASKERS: readonly Role[] = ['admin', 'manager'];

/** Lists as files, made in the background: masked, marked with who took them, and recorded (S-20). */
@Injectable()
export class Exports implements OnModuleInit {
  constructor(
    private readonly lists: ExportsRepository,
    private readonly tasks: Tasks,
    private readonly rateLimits: RateLimits,
    private readonly seals: PhoneSeals,
    private readonly authority: ReportAuthority,
  ) {}

  onModuleInit(): void {
    this.tasks.handle(
      EXPORT,
      (run) => this.make(run),
      (actor, parameters) => holdsForAll(actor, rolesFor(parameters as unknown as ExportDto)),
    );
  }

  /**
   * @throws RoleMissingError, FieldFaultsError, NotFoundError for a foreign place or household, TooManyRequestsError after
   *   five in an hour, TooManyTasksError
   */
  async ask(command: Command, dto: ExportDto): Promise<TaskRow> {
    const { actor, communityId } = command;
    const list: AnyExportList = EXPORT_LISTS[dto.list];
    await this.authority.require(actor, EXPORT, rolesFor(dto));
    requireFields(list, dto);
    await this.lists.requireKnown(communityId, dto.siteId ?? null, dto.householdId ?? null);
    const { list: name, format, isUnmasked } = dto;
    const parameters = {
      list: name,
      format,
      isUnmasked,
      reason: dto.reason ?? null,
      from: dto.from ?? null,
      to: dto.to ?? null,
      siteId: dto.siteId ?? null,
      householdId: dto.householdId ?? null,
    };
    const request = { kind: EXPORT, parameters, detail: parameters };
    const known = await this.tasks.known(command, request);
    if (known !== undefined) return known;
    await this.rateLimits.countExport(actor.id);
    return this.tasks.ask(command, request);
  }

  private async make({ actor, taskId, parameters, progress, stopping }: TaskRun): Promise<TaskOutcome> {
    const dto = parameters as unknown as ExportDto;
    const list: AnyExportList = EXPORT_LISTS[dto.list];
    const filters = list.filters.map((filter) => dto[filter] ?? null);
    const total = await this.lists.count(actor.communityId, dto.list, list, filters);
    if (total > ROWS_MAX) throw new TaskTooLargeError({ rows: total, rowsMax: ROWS_MAX });
    const heading = await this.lists.heading(actor.communityId, actor.id);
    const head = {
      sheetName: list.title,
      note: noteOf(list, dto, actor, taskId, heading),
      columns: list.headings,
    };
    const name = `${heading.community}-${list.title}-${chinaDay(heading.now)}.${dto.format}`;
    const file = dto.format === 'csv' ? new CsvFile(head) : new XlsxFile(head, stopping);
    try {
      await this.fill(file, actor.communityId, dto, filters, (done) => progress(done, Math.max(done, total)));
      return { file: { name, content: await file.end() } };
    } finally {
      await file.close();
    }
  }

  private async fill(
    file: TableFile,
    communityId: number,
    { list: name, isUnmasked }: ExportDto,
    filters: readonly (string | null)[],
    progress: (done: number) => void,
  ): Promise<void> {
    const list: AnyExportList = EXPORT_LISTS[name];
    const shown = this.shown(isUnmasked);
    const next = (after: string | null) => this.lists.page(communityId, name, list, filters, after, ROWS_A_PAGE);
    let done = 0;
    progress(done);
    for (let page = await next(null); page.length > 0; page = await next(page.at(-1)?.cursor ?? null)) {
      await file.add(page.map((row) => list.cellsOf(row, shown)));
      done += page.length;
      progress(done);
    }
  }

  private shown(isUnmasked: boolean): Shown {
    return {
      name: (name) => (name === null || isUnmasked ? name : maskMemberName(name)),
      phone: (sealed) => (sealed === null ? null : isUnmasked ? this.seals.open(sealed) : this.seals.masked(sealed)),
      words: (text) => (text === null || isUnmasked ? text : withoutPersonalNumbers(text)),
    };
  }
}

/** Who may take this list with him, masked or whole. */
function rolesFor({ list, isUnmasked }: Pick<ExportDto, 'list' | 'isUnmasked'>): readonly Role[] {
  const roles: readonly Role[] = EXPORT_LISTS[list].roles;
  return isUnmasked ? roles.filter((role) => UNMASKERS.includes(role)) : roles;
}

/** @throws FieldFaultsError for a filter that the list does not know, or a period or reason that it needs */
function requireFields(list: AnyExportList, dto: ExportDto): void {
  const faults: FieldFault[] = EXPORT_FILTERS.filter(
    (filter) => dto[filter] !== undefined && !list.filters.includes(filter),
  ).map((filter) => ({ pointer: `/${filter}`, detail: 'this list is not cut by it' }));
  if (dto.isUnmasked && dto.reason === undefined) faults.push({ pointer: '/reason', detail: 'a reason is needed' });
  if (faults.length > 0) throw new FieldFaultsError(faults);
  if (!list.filters.includes('from')) return;
  const { from, to } = dto;
  if (from === undefined || to === undefined) {
    throw new FieldFaultsError([{ pointer: from === undefined ? '/from' : '/to', detail: 'is needed for this list' }]);
  }
  requireSpan({ from, to });
}

/** The mark that a copy carries wherever it goes. */
function noteOf(
  list: AnyExportList,
  { from, to, isUnmasked, reason }: ExportDto,
  actor: Actor,
  taskId: string,
  { community, person, now }: { community: string; person: string; now: Date },
): string {
  const period = list.filters.includes('from') ? ` ${from} 至 ${to}` : '';
  const mask = isUnmasked ? `未脱敏，用途：${reason}` : '已脱敏';
  return `${community} ${list.title}${period}　导出人：${person}（${actor.role}）　时间：${chinaTime(now)}　${mask}　编号：${taskId}`;
}
