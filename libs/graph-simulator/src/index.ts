export { startGraphSimulator, type GraphSimulator } from './graph-simulator';
export { SimulatorSettings, type SimulatorOptions } from './settings';
export { appSecretProof, sign, toMetaJson } from './signature';
