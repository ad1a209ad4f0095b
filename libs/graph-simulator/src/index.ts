export { startGraphSimulator, type GraphSimulator } from './graph-simulator';
export type { SimulatorOptions } from './settings';
export { appSecretProof, sign } from './signature';
