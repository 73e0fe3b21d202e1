import { registerDecorator, type ValidationArguments } from 'class-validator';

/** The places of a grant go together: a region or a community, not both, and a site only of a named community. */
export function IsSinglePlace(): PropertyDecorator {
  return (prototype: object, propertyName: string | symbol) => {
    registerDecorator({
      name: 'isSinglePlace',
      target: prototype.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (_: unknown, { object }: ValidationArguments) => isSinglePlace(object),
        defaultMessage: () => 'regionId excludes communityId, and siteId needs communityId',
      },
    });
  };
}

function isSinglePlace(grant: object & { regionId?: unknown; communityId?: unknown; siteId?: unknown }): boolean {
  const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
  if (isGiven(grant.regionId) && isGiven(grant.communityId)) return false;
  return !isGiven(grant.siteId) || isGiven(grant.communityId);
}
