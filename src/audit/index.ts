export { AuditModule } from './audit.module.js';
export { Audit, type AuditEvent } from './audit.service.js';
export { AuditRecord } from './audit-record.entity.js';
