import { jest } from "@jest/globals";
import "./row-programs.test.js";

jest.setTimeout(300_000);
