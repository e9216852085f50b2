import { expect, test } from 'vitest';
import { start } from '../state.fixture.ts';
