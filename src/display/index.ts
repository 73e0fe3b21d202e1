export { DisplayModule } from './display.module.js';
export { DisplayToken } from './tokens/display-token.entity.js';
