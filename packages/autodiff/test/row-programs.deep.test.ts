import "./row-programs.test.js";
