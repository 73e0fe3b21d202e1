import { ApiProperty } from '@nestjs/swagger';
import type { CommunitySettings } from './community-settings.entity.js';
import { SettingsFields } from './settings.dto.js';
import { SETTING_NAMES } from './settings.rules.js';

/** The settings in force and the version that a change has to name. */
export class SettingsView extends SettingsFields {
  @ApiProperty({ type: 'integer' })
  readonly version: number;

  @ApiProperty({ type: String, format: 'date-time' })
  readonly updatedAt: Date;

  constructor(settings: CommunitySettings) {
    super();
    Object.assign(this, Object.fromEntries(SETTING_NAMES.map((name) => [name, settings[name]])));
    this.version = settings.version;
    this.updatedAt = settings.updatedAt;
  }
}
