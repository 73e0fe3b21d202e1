export { Approval } from './approval.entity.js';
export { ApprovalsModule } from './approvals.module.js';
export { Approvals, type ApprovalHandler, type Submission } from './approvals.service.js';
