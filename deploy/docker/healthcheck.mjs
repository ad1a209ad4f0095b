// Exits 0 when the service of this container is ready.
const { ok } = await fetch(`http://127.0.0.1:${process.env.MANAGEMENT_PORT}/readyz`);
process.exit(ok ? 0 : 1);
