/** True when `startNats` and `startPostgres` have to run their servers in containers. */
export const wantsContainers = () => process.env['CONVERSATIONS_TEST_CONTAINERS'] === '1';
