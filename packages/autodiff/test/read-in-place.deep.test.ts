import { jest } from "@jest/globals";
import "./read-in-place.test.js";

jest.setTimeout(120_000);
