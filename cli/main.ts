#!/usr/bin/env node
// The command is main.js, which starts sooner; this file is for who calls it by its older name.
import './main.js';
