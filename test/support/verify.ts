export async function expectVerified(_ownerUrl: string): Promise<void> {}
