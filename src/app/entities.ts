import { type EntityTarget, getMetadataArgsStorage, type ObjectLiteral } from 'typeorm';
import './app.module.js';

/** The entity of every table: a class becomes one by its decorator, when the room that holds it is loaded. */
export const ENTITIES = getMetadataArgsStorage().tables.map((table) => table.target as EntityTarget<ObjectLiteral>);
